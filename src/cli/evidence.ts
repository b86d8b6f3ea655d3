import { parseArgs } from "node:util";
import { send } from "../agent/consumer.ts";
import { readSigningKey } from "../agent/key-file.ts";
import { configFlags, readConfig, type Config } from "../config/config.ts";
import { assembleFrom } from "../evidence/assemble.ts";
import { encodeBundle } from "../verify/seal.ts";
import { logKeyFile } from "../gateway/identity.ts";
import { parseCheckpoint, verifyCheckpoint } from "../ledger/checkpoint.ts";
import { loadMasterKeys } from "../ledger/sealed/master-key.ts";
import { loadLogKey } from "../ledger/log-key.ts";
import { signerOf } from "../ledger/note.ts";
import { policyReader } from "../policy/profile/policies-in-force.ts";
import { registryHistory } from "../policy/registry-history.ts";
import { followRegistry } from "../registry/follow.ts";
import { storesAt } from "../store/open.ts";
import { verbOf } from "./acts.ts";
import { stepsOf } from "./acts/act-labels.ts";
import { CommandFault, UsageFault, type Verb } from "./verb.ts";

/** What officers do with evidence of duties outside the software: named by a step, where an exchange is named by its UUID. */
const duties = verbOf("evidence");
const steps: ReadonlySet<string> = new Set(["list", "show", ...stepsOf("evidence").keys()]);

const uuidForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const verb: Verb = {
  usage: `evidence (UUID [--data FOLDER | --gateway URL --subsystem ID --key FILE.pem] | <${[...steps].join("|")}> [ID] [--…])`,
  summary: {
    id: "Bundel bukti sebuah pertukaran, sebagai JSON; atau bukti kewajiban di luar perangkat lunak, misalnya sambungan ke SPLP",
    en: "The evidence bundle of an exchange, as JSON; or evidence of duties outside the software, such as the connection to the SPLP",
  },
  help: [
    {
      id: "`evidence UUID` mencetak bundel bukti pertukaran itu, juga untuk penolakan: UUID adalah Spl-Exchange-nya. --data membaca berkas gerbang sebagai auditor, juga selagi gerbang berjalan; --gateway memintanya dengan kunci konsumen, penyedia, atau auditor. Simpan apa adanya lalu periksa: simpul verify BERKAS. Status keluar: 0 dicetak, 1 tidak.",
      en: "`evidence UUID` prints the evidence bundle of that exchange, for refusals too: the UUID is its Spl-Exchange. --data reads a gateway's files as an auditor does, also while it runs; --gateway asks for it with the key of the consumer, the provider or an auditor. Keep it as it is and check it: simpul verify FILE. Exit status: 0 printed, 1 not.",
    },
  ],
  more: duties.more!,
  run: async (args) => (args.some((word) => uuidForm.test(word)) && !steps.has(args[0]!) ? printBundle(args) : duties.run(args)),
};

async function printBundle(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      ...configFlags,
      gateway: { type: "string" },
      subsystem: { type: "string" },
      key: { type: "string" },
      alg: { type: "string" },
    },
    allowPositionals: true,
  });
  const [id = "", surplus] = positionals;
  if (surplus !== undefined)
    throw new UsageFault({ id: `Kata ${surplus} tidak pada tempatnya.`, en: `The word ${surplus} has no place here.` });
  const { gateway, subsystem, key, alg, ...flags } = values as Readonly<Record<string, string>>;
  if (gateway === undefined) {
    if (subsystem !== undefined || key !== undefined)
      throw new UsageFault({ id: "--subsystem dan --key memerlukan --gateway.", en: "--subsystem and --key need --gateway." });
    return print(await fromData(readConfig({ flags }).config, id));
  }
  if (subsystem === undefined || key === undefined)
    throw new UsageFault({ id: "--gateway memerlukan --subsystem dan --key.", en: "--gateway needs --subsystem and --key." });
  if (!/^https?:$/.test(URL.parse(gateway)?.protocol ?? ""))
    throw new UsageFault({ id: `${gateway} bukan URL gerbang.`, en: `${gateway} is not the URL of a gateway.` });
  if (alg !== undefined && alg !== "RS256" && alg !== "PS256")
    throw new UsageFault({ id: "--alg hanya RS256 atau PS256.", en: "--alg is RS256 or PS256." });
  return print(await fromGateway(new URL(gateway).origin, id, subsystem, readSigningKey(key, alg)));
}

/** Byte for byte: a bundle ends with its one line feed. */
function print(bundle: Buffer): 0 {
  console.log(bundle.toString("utf8").replace(/\n$/, ""));
  return 0;
}

/** Nothing is changed, and the gateway may run meanwhile. */
async function fromData(config: Config, id: string): Promise<Buffer> {
  await using open = new AsyncDisposableStack();
  const stores = storesAt(config.registry);
  if (!stores.hasRegistry())
    throw new CommandFault({
      id: `Tidak ada registri di ${config.registry.directory}.`,
      en: `There is no registry in ${config.registry.directory}.`,
    });
  const log = storesAt(config.ledger).readLog(loadMasterKeys(config.evidenceKey));
  open.defer(() => log.close());
  const logKey = loadLogKey(logKeyFile(config));
  const checkpoint = await log.checkpoint();
  const origin = parseCheckpoint(checkpoint)?.origin ?? "";
  if (origin === "" || !verifyCheckpoint(checkpoint, signerOf(origin, logKey))) {
    throw new CommandFault({
      id: `${logKeyFile(config)} bukan kunci log di ${config.ledger.directory}.`,
      en: `${logKeyFile(config)} is not the key of the log in ${config.ledger.directory}.`,
    });
  }
  const registry = stores.openRegistry({ readOnly: true });
  open.defer(() => registry.close());
  const { newest } = followRegistry(registry);
  const history = registryHistory({ store: registry, newest, policies: policyReader(registry) });
  const assemble = assembleFrom({ ledger: { origin, ...log }, registry, history, logKey });
  const stored = await log.findExchange(id);
  const bundle = stored === undefined ? undefined : await assemble(stored, "auditor");
  if (bundle !== undefined) return encodeBundle(bundle);
  throw new CommandFault({
    id: `Pertukaran ${id} tidak ada dalam log ini, atau masih berlangsung.`,
    en: `The exchange ${id} is not in this log, or is under way.`,
  });
}

async function fromGateway(origin: string, id: string, subsystem: string, key: ReturnType<typeof readSigningKey>): Promise<Buffer> {
  const { status, fields, answer } = await send({ iss: subsystem, aud: origin, method: "GET", target: `/evidence/${id}`, key }).catch(
    (error: NodeJS.ErrnoException) => {
      throw new CommandFault(
        {
          id: `Gerbang ${origin} tidak dapat dihubungi (${error.code ?? error.message}).`,
          en: `The gateway ${origin} cannot be reached (${error.code ?? error.message}).`,
        },
        error,
      );
    },
  );
  if (status === 200) return answer;
  const said = `HTTP ${status} ${fields["spl-problem"] ?? ""}`.trim();
  throw new CommandFault({
    id: `Gerbang tidak memberikan bukti (${said}): hanya konsumen, penyedia, dan auditor pertukaran itu yang menerimanya, setelah selesai.`,
    en: `The gateway gave no evidence (${said}): only the consumer, the provider and an auditor of that exchange get it, once it has ended.`,
  });
}
