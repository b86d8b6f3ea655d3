import { isLoopback } from "../../base/networks.ts";
import { inProduction } from "../../policy/instance-of.ts";
import { followRegistry } from "../../registry/follow.ts";
import { doubtful, type DoctorCheck } from "./diagnosis.ts";
import { withRegistry } from "./stores.ts";
import { messages } from "./messages.ts";

/** In production, an origin or an intra network that only this machine can reach is a mistake. */
export const production: DoctorCheck = async ({ config: { publicOrigin, intra, trustedProxies, ...config } }) => {
  const serves = await withRegistry({ publicOrigin, intra, trustedProxies, ...config }, async (store) =>
    inProduction(await followRegistry(store).newest()),
  ).catch(() => false);
  if (serves !== true) return [];
  const proxyUnnamed = publicOrigin.startsWith("https:") && trustedProxies.length === 0 && intra.some(isLoopback);
  return [
    ...(isLoopback(new URL(publicOrigin).hostname) ? [doubtful(messages.originIsLoopback(publicOrigin))] : []),
    ...(intra.every(isLoopback) ? [doubtful(messages.intraIsLoopback(intra.join(",")))] : []),
    ...(proxyUnnamed ? [doubtful(messages.proxyIsUnnamed)] : []),
  ];
};
