import { faultAt, type ManifestFault } from "../../source/fault.ts";
import type { Source } from "../../source/source.ts";
import type { SubsystemContent } from "../entry.ts";
import { isOutside } from "../upstream.ts";
import type { SubsystemManifest } from "./manifests.ts";

/** Where an application is reached. */
export type Addresses = Pick<SubsystemContent, "upstream" | "replicas">;

/** `upstream` and `replicas` of a manifest. Each is an origin inside the networks that a provider may have, and stands once. */
export function readAddresses(source: Source, networks: readonly string[] | undefined, faults: ManifestFault[]): Addresses {
  const { upstream, replicas = [] } = source.value as Pick<SubsystemManifest, "upstream" | "replicas">;
  if (upstream !== undefined) check(upstream, ["upstream"]);
  const seen = new Set([upstream]);
  replicas.forEach(({ origin }, index) => {
    const path = ["replicas", String(index), "origin"];
    check(origin, path);
    if (seen.has(origin)) faults.push(faultAt(source.at(path), "replica-duplicate", origin));
    seen.add(origin);
  });
  return {
    ...(upstream === undefined ? {} : { upstream }),
    ...(replicas.length === 0 ? {} : { replicas: replicas.map(({ origin, weight = 1 }) => ({ origin, weight })) }),
  };

  function check(address: string, path: readonly string[]): void {
    const url = URL.parse(address);
    const origin = url?.origin ?? "http://host:port";
    const folder = url?.pathname.replace(/\/$/, "") ?? "";
    if (folder !== "") faults.push(faultAt(source.at(path), "upstream-path", origin, folder));
    else if (origin !== address) faults.push(faultAt(source.at(path), "upstream-origin", origin));
    else if (networks !== undefined && isOutside(address, networks))
      faults.push(faultAt(source.at(path), "upstream-outside", networks.join(", ")));
  }
}
