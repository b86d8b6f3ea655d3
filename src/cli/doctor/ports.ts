import { createServer } from "node:net";
import type { Config } from "../../config/config.ts";
import { doubtful, good, wrong, type DoctorCheck, type Diagnosis } from "./diagnosis.ts";
import { readableInstance } from "./identity.ts";
import { isHeld } from "./stores.ts";

interface Door {
  readonly host: string;
  readonly port: number;
  readonly flag: string;
}

/** Where a gateway runs it answers; where none runs the ports are free. */
export const ports: DoctorCheck = async ({ config }) => {
  const open: Door = { host: config.publicHost, port: config.publicPort, flag: "--public-port" };
  const control: Door = { host: config.controlHost, port: config.controlPort, flag: "--control-port" };
  if (isHeld(config)) return [await answersHealth(control), await answersConsumers(open, config)].flat();
  return (await Promise.all([open, control].map(isFree))).flat();
};

async function answersHealth(door: Door): Promise<readonly Diagnosis[]> {
  if (door.port === 0) return [];
  const where = `${door.host}:${door.port}`;
  if ((await ask(door, "/livez"))?.status !== 200) {
    return [
      wrong(
        `Sebuah proses memegang buku besar, tetapi port kendali ${where} tidak menjawab: gerbang macet, atau berjalan dengan pengaturan lain. Berikan pengaturannya kepada doctor; bila memang macet, hentikan dan mulai lagi.`,
        `A process holds the ledger, but the control port ${where} does not answer: the gateway hangs, or runs with other settings. Give doctor its settings; if it does hang, stop it and start again.`,
      ),
    ];
  }
  if ((await ask(door, "/readyz"))?.status === 200)
    return [good(`Gerbang berjalan dan siap (${where}).`, `The gateway runs and is ready (${where}).`)];
  return [
    doubtful(
      `Gerbang berjalan tetapi belum siap (${where}): sedang mulai atau berhenti; lihat catatannya.`,
      `The gateway runs but is not ready (${where}): it is starting or stopping; see its log.`,
    ),
  ];
}

/** The list of logs tells our gateway from another program. */
async function answersConsumers(door: Door, config: Config): Promise<readonly Diagnosis[]> {
  const list = readableInstance(config)?.logList;
  if (door.port === 0 || list === undefined) return [];
  const answer = await ask(door, "/logs");
  if (answer?.text === list)
    return [
      good(`Port konsumen ${door.port} menjawab sebagai instansi ini.`, `The consumers' port ${door.port} answers as this instance.`),
    ];
  if (answer?.status === 403)
    return [
      doubtful(
        `Port konsumen ${door.port} menolak mesin ini sendiri; alamatnya di luar --intra.`,
        `The consumers' port ${door.port} refuses this machine itself; its address is outside --intra.`,
      ),
    ];
  return [
    wrong(
      `Port konsumen ${door.port} tidak menjawab sebagai instansi ini; periksa ${door.flag} dan program lain pada port itu.`,
      `The consumers' port ${door.port} does not answer as this instance; check ${door.flag} and other programs on that port.`,
    ),
  ];
}

async function ask({ host, port }: Door, path: string): Promise<{ readonly status: number; readonly text: string } | undefined> {
  const reachable = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "[::1]" : host.includes(":") ? `[${host}]` : host;
  try {
    const response = await fetch(`http://${reachable}:${port}${path}`, { signal: AbortSignal.timeout(2000), redirect: "manual" });
    return { status: response.status, text: await response.text() };
  } catch {
    return undefined;
  }
}

function isFree({ host, port, flag }: Door): Promise<readonly Diagnosis[]> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", ({ code }: NodeJS.ErrnoException) => {
      if (code === "EADDRINUSE")
        resolve([
          wrong(
            `Port ${port} pada ${host} sudah dipakai program lain; hentikan program itu atau pilih ${flag} lain.`,
            `Port ${port} on ${host} is taken by another program; stop it or choose another ${flag}.`,
          ),
        ]);
      else
        resolve([
          wrong(
            `Tidak dapat mendengar pada ${host} port ${port} (${code}); periksa alamat dan hak pengguna.`,
            `Cannot listen on ${host} port ${port} (${code}); check the address and the user's rights.`,
          ),
        ]);
    });
    server.listen({ host, port, exclusive: true }, () => {
      const shown = port === 0 ? flag : String(port);
      server.close(() => resolve([good(`Port ${shown} pada ${host} bebas.`, `Port ${shown} on ${host} is free.`)]));
    });
  });
}
