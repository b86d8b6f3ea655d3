import { ConfigFault } from "../config.ts";
import { UsageFault, type Verb } from "./verb.ts";

/** Verbs load on use: `simpul verify` needs no gateway. */
const verbs: Readonly<Record<string, () => Promise<{ readonly verb: Verb }>>> = {
  init: () => import("./init.ts"),
  serve: () => import("./serve.ts"),
  demo: () => import("./demo.ts"),
  apply: () => import("./apply.ts"),
  keygen: () => import("./keygen.ts"),
  call: () => import("./call.ts"),
  verify: () => import("./verify.ts"),
  audit: () => import("./audit.ts"),
  doctor: () => import("./doctor.ts"),
};

/** Runs one verb and gives the exit status of the process. */
export async function main([name, ...args]: readonly string[]): Promise<number> {
  const load = name === undefined || !Object.hasOwn(verbs, name) ? undefined : verbs[name];
  if (load === undefined) {
    const asked = name === undefined || name === "help" || name === "--help" || name === "-h";
    if (!asked) console.error(`Perintah \`${name}\` tidak dikenal. (Unknown verb.)\n`);
    await overview(asked ? console.log : console.error);
    return asked && name !== undefined ? 0 : 2;
  }
  const { verb } = await load();
  if (args.includes("--help") || args.includes("-h")) {
    console.log(helpOf(verb));
    return 0;
  }
  try {
    return await verb.run(args);
  } catch (error) {
    if (error instanceof UsageFault) {
      console.error(`${error.detail.id}\n(${error.detail.en})\n\n  npm run -s simpul -- ${verb.usage}`);
      return 2;
    }
    if (error instanceof ConfigFault) {
      console.error(`Konfigurasi salah. (Faults in the configuration.)\n${error.message}`);
      return 2;
    }
    if (isParseArgsFault(error)) {
      console.error(`${error.message}\n\n  npm run -s simpul -- ${verb.usage}`);
      return 2;
    }
    throw error;
  }
}

const isParseArgsFault = (error: unknown): error is Error => error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");

async function overview(print: (line: string) => void): Promise<void> {
  print("Simpul, Sistem Penghubung Layanan\n\n  npm run -s simpul -- <perintah> [--help]\n");
  for (const load of Object.values(verbs)) {
    const { verb } = await load();
    print(`  ${verb.usage}\n      ${verb.summary.id}\n      ${verb.summary.en}`);
  }
}

function helpOf(verb: Verb): string {
  const lines = [`npm run -s simpul -- ${verb.usage}`, "", verb.summary.id, `(${verb.summary.en})`];
  for (const { id, en } of verb.help ?? []) lines.push("", id, `(${en})`);
  return lines.join("\n");
}
