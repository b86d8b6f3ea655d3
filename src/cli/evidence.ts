import { parseArgs } from "node:util";
import { formOf } from "../base/forms.ts";
import { readSigningKey } from "../agent/key-file.ts";
import { configFlags, readConfig, type Config } from "../config/config.ts";
import { assembleFrom } from "../evidence/assemble.ts";
import { encodeBundle } from "../verify/seal.ts";
import { closedLogAt, type StoreLocation } from "../base/store-location.ts";
import { closedLogsIn, listedLogs, logKeyFile, readIdentity } from "../gateway/identity.ts";
import { parseCheckpoint, verifyCheckpoint } from "../ledger/checkpoint.ts";
import { loadMasterKeys } from "../ledger/sealed/master-key.ts";
import { logNameIn } from "../ledger/log-list.ts";
import type { ReadableLog } from "../ledger/readable-log.ts";
import { loadLogKey, vkeyOf } from "../ledger/log-key.ts";
import { parseVkey } from "../ledger/note.ts";
import { policyReader } from "../policy/profile/policies-in-force.ts";
import { registryHistory } from "../policy/registry-history.ts";
import { followRegistry } from "../registry/follow.ts";
import { storesAt } from "../store/open.ts";
import type { SigningKey } from "../trust/sign.ts";
import { verbOf } from "./acts/verb.ts";
import { stepsOf } from "./acts/act-labels.ts";
import { messages } from "./messages.ts";
import { rsaAlgorithm, sendToGateway } from "./to-gateway.ts";
import { CommandFault, UsageFault, type Verb, type VerbOptions } from "./verb.ts";

/** Proofs of duties outside the software are the officers'; the first word is one of these steps, where an exchange has its UUID. */
const duties = verbOf("evidence");
const steps: ReadonlySet<string> = new Set(["list", "show", ...stepsOf("evidence").keys()]);

const uuidForm = formOf("uuid");

const options = {
  gateway: {
    type: "string",
    value: "URL",
    means: {
      id: "memintanya pada gerbang dengan kunci konsumen, penyedia, atau auditor; tanpa itu berkas gerbang dibaca (--data)",
      en: "asks a gateway with the key of the consumer, the provider or an auditor; else the gateway's files are read (--data)",
    },
  },
  subsystem: { type: "string", value: "ID", means: { id: "untuk --gateway: subsistem Anda", en: "for --gateway: your subsystem" } },
  key: { type: "string", value: "FILE.pem", means: { id: "untuk --gateway: kuncinya", en: "for --gateway: its key" } },
  alg: {
    type: "string",
    value: "RS256|PS256",
    means: { id: "PS256 bila kunci RSA itu terdaftar demikian", en: "PS256 if that RSA key is registered so" },
  },
} as const satisfies VerbOptions;

export const verb: Verb = {
  audience: "auditor",
  usage: `evidence (UUID [--data FOLDER | --gateway URL --subsystem ID --key FILE.pem] | <${[...steps].join("|")}> [ID] [--…])`,
  summary: {
    id: "Bundel bukti sebuah pertukaran, sebagai JSON; atau bukti kewajiban di luar perangkat lunak, misalnya sambungan ke SPLP",
    en: "The evidence bundle of an exchange, as JSON; or evidence of duties outside the software, such as the connection to the SPLP",
  },
  help: [
    {
      id:
        "`evidence UUID` mencetak bundel bukti pertukaran itu, juga untuk penolakan: UUID adalah Spl-Exchange-nya. " +
        "--data membaca berkas gerbang sebagai auditor, juga selagi gerbang berjalan. " +
        "Simpan apa adanya lalu periksa: simpul verify BERKAS.",
      en:
        "`evidence UUID` prints the evidence bundle of that exchange, for refusals too: the UUID is its Spl-Exchange. " +
        "--data reads a gateway's files as an auditor does, also while it runs. " +
        "Keep it as it is and check it: simpul verify FILE.",
    },
    {
      id: "Langkah di bawah untuk petugas, lewat API kendali.",
      en: "The steps below are for officers, through the control API.",
    },
  ],
  options: { ...options, ...duties.options },
  settings: true,
  exit: { 0: { id: "dicetak", en: "printed" }, 1: { id: "tidak dicetak", en: "not printed" } },
  more: duties.more!,
  run: async (args) => (args.some((word) => uuidForm.test(word)) && !steps.has(args[0]!) ? printBundle(args) : duties.run(args)),
};

async function printBundle(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options: { ...configFlags, ...options }, allowPositionals: true });
  const [id = "", surplus] = positionals;
  if (surplus !== undefined) throw new UsageFault(messages.misplacedWord(surplus));
  const { gateway, subsystem, key, alg, ...flags } = values as Readonly<Record<string, string>>;
  if (gateway === undefined) {
    if (subsystem !== undefined || key !== undefined) throw new UsageFault(messages.keyNeedsGateway);
    return print(await fromData(readConfig({ flags }).config, id));
  }
  if (subsystem === undefined || key === undefined) throw new UsageFault(messages.gatewayNeedsKey);
  if (!/^https?:$/.test(URL.parse(gateway)?.protocol ?? "")) throw new UsageFault(messages.notAGatewayUrl(gateway));
  return print(await fromGateway(new URL(gateway).origin, id, subsystem, readSigningKey(key, rsaAlgorithm(alg))));
}

/** Printed byte for byte: a bundle ends with one line feed. */
function print(bundle: Buffer): 0 {
  console.log(bundle.toString("utf8").replace(/\n$/, ""));
  return 0;
}

/** Reads the files of a gateway and changes nothing, so the gateway may be running. */
async function fromData(config: Config, id: string): Promise<Buffer> {
  await using open = new AsyncDisposableStack();
  const stores = storesAt(config.registry);
  if (!stores.hasRegistry()) throw new CommandFault(messages.noRegistryIn(config.registry.directory));
  const masterKeys = loadMasterKeys(config.evidenceKey);
  const logKey = loadLogKey(logKeyFile(config));
  const listed = listedLogs(config.data, readIdentity(config));
  const logs: LogOfFiles[] = [];
  for (const location of [config.ledger, ...closedLocations(config)]) {
    const log = storesAt(location).readLog(masterKeys);
    open.defer(() => log.close());
    const checkpoint = await log.checkpoint();
    const origin = parseCheckpoint(checkpoint)?.origin ?? "";
    // A closed log ended under a key that may have handed over since.
    const own = location === config.ledger ? [] : listed.flatMap((log) => (log.origin === origin ? log.vkey : []));
    const verifiers = [vkeyOf(origin || "?", logKey), ...own].flatMap((vkey) => parseVkey(vkey) ?? []);
    if (!verifiers.some((verifier) => verifyCheckpoint(checkpoint, verifier)))
      throw new CommandFault(messages.notKeyOfLog(logKeyFile(config), location.directory));
    logs.push({ ...log, origin });
  }
  const registry = stores.openRegistry({ readOnly: true });
  open.defer(() => registry.close());
  const { newest } = followRegistry(registry);
  const history = registryHistory({ store: registry, newest, policies: policyReader(registry) });
  const assemble = assembleFrom({ registry, history, logKeyFor: () => logKey });
  for (const log of logs) {
    const stored = await log.findExchange(id);
    const bundle = stored === undefined ? undefined : await assemble(log, stored, "auditor");
    if (bundle !== undefined) return encodeBundle(bundle);
  }
  throw new CommandFault(messages.exchangeNotInLog(id));
}

type LogOfFiles = ReadableLog & { readonly origin: string };

/** Where the logs are that were closed, the newest first. */
const closedLocations = (config: Config): readonly StoreLocation[] =>
  closedLogsIn(config.data).map((origin) => closedLogAt(config.ledger, logNameIn(origin)));

async function fromGateway(origin: string, id: string, subsystem: string, key: SigningKey): Promise<Buffer> {
  const { status, fields, answer } = await sendToGateway({ iss: subsystem, aud: origin, method: "GET", target: `/evidence/${id}`, key });
  if (status === 200) return answer;
  throw new CommandFault(messages.bundleRefused(`HTTP ${status} ${fields["spl-problem"] ?? ""}`.trim()));
}
