import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ServiceId } from "../base/names.ts";
import { InstanceFault } from "../gateway/identity.ts";
import { messages } from "./messages.ts";

/** The ports that the committed manifests name, so that the demo and a gateway served from them agree. */
const manifestPorts: Readonly<Record<ServiceId, number>> = {
  "ID-16.03/GOV/disdukcapil/siak/penduduk/v1": 4101,
  "ID-16.03/GOV/bapenda/pajak/pbb/v1": 4102,
  "ID-16.03/GOV/dpmptsp/perizinan/izin/v1": 4103,
  "ID-16.03/GOV/bkpsdm/simpeg/pegawai/v1": 4104,
  "ID-16.03/GOV/dinkes/rujukan/rujukan/v1": 4105,
  "ID-16.03/GOV/bappeda/satudata/indikator/v1": 4106,
  "ID-16.03/GOV/dinsos/bansos/penerima/v1": 4107,
};

const fileIn = (folder: string): string => join(folder, "ports.json");

/**
 * The ports of an earlier start, since a service in production keeps the upstream that was approved. On a first start those from
 * `first` on, or those of the manifests, or none if any free port will do.
 *
 * @throws {InstanceFault} where an earlier start had other ports than those from `first` on.
 */
export function portsFor(folder: string, free: boolean, first?: number): Readonly<Record<ServiceId, number>> {
  const asked = first === undefined ? undefined : Object.fromEntries(Object.keys(manifestPorts).map((service, i) => [service, first + i]));
  if (!existsSync(fileIn(folder))) return asked ?? (free ? {} : manifestPorts);
  const kept = JSON.parse(readFileSync(fileIn(folder), "utf8")) as Readonly<Record<ServiceId, number>>;
  if (asked !== undefined && Object.keys(kept).some((service) => kept[service] !== asked[service])) {
    throw new InstanceFault(messages.portsKept(Math.min(...Object.values(kept))));
  }
  return kept;
}

export function keepPorts(folder: string, origins: ReadonlyMap<ServiceId, string>): void {
  mkdirSync(folder, { recursive: true });
  const ports = Object.fromEntries([...origins].map(([service, origin]) => [service, Number(new URL(origin).port)]));
  writeFileSync(fileIn(folder), `${JSON.stringify(ports, undefined, 2)}\n`);
}
