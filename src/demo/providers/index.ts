import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { systemClock, type Clock } from "../../base/clock.ts";
import type { ServiceId, SubsystemId } from "../../base/names.ts";
import { keyDirectory, type SigningKey } from "../../trust/provider.ts";
import { behindGateway, type BehindGateway } from "./behind-gateway.ts";
import { indikator } from "./indikator.ts";
import { izin } from "./izin.ts";
import { serve, type Routes } from "./kit.ts";
import { pbb } from "./pbb.ts";
import { pegawai } from "./pegawai.ts";
import { penduduk } from "./penduduk.ts";
import { penerima } from "./penerima.ts";
import { rujukan } from "./rujukan.ts";

/** The providers of the demo kabupaten, by the service version that each answers for. */
export const providers: Readonly<Record<ServiceId, (clock: Clock) => Routes>> = {
  "ID-16.03/GOV/disdukcapil/siak/penduduk/v1": penduduk,
  "ID-16.03/GOV/bapenda/pajak/pbb/v1": pbb,
  "ID-16.03/GOV/dpmptsp/perizinan/izin/v1": izin,
  "ID-16.03/GOV/bkpsdm/simpeg/pegawai/v1": pegawai,
  "ID-16.03/GOV/dinkes/rujukan/rujukan/v1": rujukan,
  "ID-16.03/GOV/bappeda/satudata/indikator/v1": indikator,
  "ID-16.03/GOV/dinsos/bansos/penerima/v1": penerima,
};

export interface RunningProviders {
  /** `http://host:port` by service version. */
  readonly origins: ReadonlyMap<ServiceId, string>;
  /**
   * From now on the providers serve only what this gateway (its public origin) forwards: they verify each statement, and sign each
   * answer with the key of their subsystem. Until then they serve every caller and sign nothing.
   */
  stand(behind: { readonly gateway: string; readonly keys: ReadonlyMap<SubsystemId, SigningKey>; readonly clock?: Clock }): void;
  /** Ends every connection at once; resolves when all ports are free. */
  close(): Promise<void>;
}

/**
 * Starts one HTTP server for each service, with its initial state in memory. A service without a port gets a free one. Rejects, with
 * nothing left running, if a port is taken or a service is not one of the demo's.
 */
export async function startProviders(
  options: { readonly ports?: Readonly<Record<ServiceId, number>>; readonly host?: string; readonly clock?: Clock } = {},
): Promise<RunningProviders> {
  const { ports = {}, host = "127.0.0.1", clock = systemClock } = options;
  const unknown = Object.keys(ports).find((service) => !Object.hasOwn(providers, service));
  if (unknown !== undefined) throw new Error(`${unknown} is not a service of the demo`);

  const behind = new Map<ServiceId, BehindGateway>();
  const started: Server[] = [];
  const origins = new Map<ServiceId, string>();
  const close = async (): Promise<void> => void (await Promise.all(started.splice(0).map(stop)));
  try {
    for (const [service, routes] of Object.entries(providers)) {
      const server = serve(routes(clock), () => behind.get(service));
      await listen(server, service, ports[service] ?? 0, host);
      started.push(server);
      origins.set(service, `http://${host.includes(":") ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`);
    }
  } catch (fault) {
    await close();
    throw fault;
  }
  return {
    origins,
    stand({ gateway, keys, clock: signingClock = systemClock }) {
      const keyOf = keyDirectory(gateway, { clock: signingClock });
      for (const service of origins.keys()) {
        const key = keys.get(service.split("/").slice(0, 4).join("/"));
        if (key === undefined) throw new Error(`${service} has no key to sign with`);
        behind.set(service, behindGateway(gateway, service, key, keyOf, signingClock));
      }
    },
    close,
  };
}

async function listen(server: Server, service: ServiceId, port: number, host: string): Promise<void> {
  try {
    await once(server.listen(port, host), "listening");
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code === "EADDRINUSE" ? "the port is taken" : (cause as Error).message;
    throw new Error(`The demo provider of ${service} cannot listen on ${host} port ${port}: ${reason}`, { cause });
  }
}

async function stop(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
