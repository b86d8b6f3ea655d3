import { loadDesired } from "../../policy/load-desired.ts";
import { good, wrong, type DoctorCheck } from "./diagnosis.ts";
import { messages } from "./messages.ts";

/** `apply` would find no fault in the manifests. */
export const manifests: DoctorCheck = async ({ config: { services, upstreamNetworks } }) => {
  const loaded = await loadDesired({ services, upstreamNetworks }).catch((fault: Error) => fault);
  if (loaded instanceof Error) return [wrong(messages.manifestsUnreadable(services, loaded.message))];
  const {
    desired,
    faults: [first, ...more],
  } = loaded;
  if (desired !== undefined && first === undefined) return [good(messages.manifestsFaultless(services, desired.entries.length))];
  const place = first === undefined ? "" : `${first.file}:${first.line}:${first.column} ${first.code}`;
  return [wrong(messages.manifestsFaulty(services, more.length + 1, place, first?.detail))];
};
