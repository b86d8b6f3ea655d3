import { policiesFolder } from "../base/project.ts";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { systemClock } from "../base/clock.ts";
import type { Text } from "../base/text.ts";
import { configFlags } from "../config/config.ts";
import { createInstance } from "../gateway/identity.ts";
import { startGateway, untilStopped } from "../gateway/process.ts";
import type { ManifestFault } from "../source/fault.ts";
import { loadPolicies } from "../registry/manifest/load-policies.ts";
import { attempt, type Serving } from "../workbench/attempt.ts";
import { startMock } from "../workbench/mock.ts";
import type { Sample } from "../workbench/samples.ts";
import { layOutSandbox, sandboxPurpose, type Sandbox } from "../workbench/sandbox.ts";
import { readTrial, type Trial } from "../workbench/trial.ts";
import { applyManifests } from "./apply.ts";
import { configOnFreePorts } from "./config-on-free-ports.ts";
import { CommandFault, UsageFault, type Verb } from "./verb.ts";

export const verb: Verb = {
  usage: "try [--once] [--public-port N] … OPENAPI.yaml",
  summary: {
    id: "Menjawab sebuah kontrak dengan contoh-contohnya, di balik gerbang sungguhan",
    en: "Answers a contract with its own examples, behind a real gateway",
  },
  help: [
    {
      id: "Untuk konsumen yang mulai sebelum penyedianya siap: data sementara, izin percobaan untuk semua operasi, perintah `call` siap tempel, tanda terima sungguhan. Ctrl-C mengakhiri dan menghapus semuanya. --once: memanggil tiap operasi satu kali, lalu selesai; status keluar 0 bila semuanya dijawab dengan tanda terima yang sah, selain itu 1.",
      en: "For consumers who begin before their provider is ready: temporary data, a sandbox grant for all operations, `call` commands to paste, real receipts. Ctrl-C ends and removes everything. --once: calls each operation once and ends; exit status 0 if all were answered with a receipt that verifies, else 1.",
    },
  ],
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...configFlags, once: { type: "boolean" } },
      allowPositionals: true,
    });
    const { once = false, ...flags } = values as Record<string, string> & { once?: boolean };
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0)
      throw new UsageFault({ id: "Sebutkan satu dokumen OpenAPI.", en: "Name one OpenAPI document." });
    const folder = mkdtempSync(join(tmpdir(), "simpul-try-"));
    try {
      return await serve(readOrRefuse(file), folder, flags, once);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function serve(trial: Trial, folder: string, flags: Readonly<Record<string, string>>, once: boolean): Promise<number> {
  const config = await configOnFreePorts({ ...flags, data: join(folder, "data") });
  const mock = await startMock(trial.samples);
  try {
    const sandbox = layOutSandbox(folder, trial, mock.origin, Math.floor(systemClock() / 1000));
    const instance = createInstance(config, systemClock);
    const applied = await applyManifests({ ...config, services: sandbox.services }, { by: "try" });
    if ("faults" in applied) throw faultsOf(applied.faults);
    const running = await startGateway({ config, instance, logTo: 2 });
    try {
      const serving: Serving = { publicOrigin: running.publicOrigin, base: `/r1/${trial.service}`, vkey: instance.vkey };
      if (once) return await tryAll(trial.samples, sandbox, serving);
      printCommands(trial.samples, sandbox, serving, folder);
      await untilStopped(async () => undefined, config.drainGraceMs);
      return 0;
    } finally {
      await running.close();
    }
  } finally {
    await mock.close();
  }
}

function readOrRefuse(file: string): Trial {
  const policies = loadPolicies(policiesFolder);
  if (policies.check === undefined || policies.faults.length > 0) throw faultsOf(policies.faults);
  const { trial, faults } = readTrial(file, policies.check);
  if (trial === undefined) throw faultsOf(faults);
  return trial;
}

function faultsOf(faults: readonly Omit<ManifestFault, "code">[]): CommandFault {
  const list = (language: keyof Text): string =>
    faults.map(({ file, line, column, detail }) => `${file}:${line}:${column} ${detail[language]}`).join("\n");
  return new CommandFault({ id: list("id"), en: list("en") });
}

async function tryAll(samples: readonly Sample[], sandbox: Sandbox, serving: Serving): Promise<number> {
  let failed = 0;
  for (const sample of samples) {
    const { good, told } = await attempt(sample, sandbox, serving);
    console.log(`${good ? "✓" : "✗"} ${sample.id}  ${sample.method} ${sample.template}\n    ${told.id}\n    (${told.en})`);
    if (!good) failed++;
  }
  console.log(
    failed === 0
      ? `Semua ${samples.length} operasi dijawab. (All operations were answered.)`
      : `${failed} dari ${samples.length} operasi belum dijawab. (Operations without an answer.)`,
  );
  return failed === 0 ? 0 : 1;
}

/** What a shell takes as one word. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function printCommands(
  samples: readonly Sample[],
  { consumer, keyFile }: Sandbox,
  { publicOrigin, base, vkey }: Serving,
  folder: string,
): void {
  console.log(`Tiruan menjawab di balik gerbang ${publicOrigin}${base}\n(A mock answers behind the gateway.)`);
  for (const { id, method, template, request, answer } of samples) {
    const { content, hdr, lacking, target } = request;
    const words = [
      `--subsystem ${consumer}`,
      `--key ${quoted(keyFile)}`,
      `--purpose ${sandboxPurpose}`,
      `--vkey ${quoted(vkey)}`,
      ...Object.entries(hdr).map(([name, value]) => `--hdr ${quoted(`${name}=${value}`)}`),
    ];
    if (content !== undefined) {
      const file = join(folder, `${id}.request`);
      writeFileSync(file, content.bytes);
      words.push(`--content ${quoted(file)}`, ...(content.type === "application/json" ? [] : [`--content-type ${quoted(content.type)}`]));
    }
    console.log(`\n${id}  ${method} ${template}`);
    if (lacking.length > 0) console.log(`  belum ada contoh untuk ${lacking.join(", ")}; lengkapi sendiri (no example yet; fill it in)`);
    if (answer === undefined) console.log("  kontrak belum punya contoh jawaban (the contract shows no answer yet)");
    console.log(`  npm run -s simpul -- call ${words.join(" \\\n      ")} \\\n      ${method} ${quoted(publicOrigin + base + target)}`);
  }
  console.log(
    "\nSetiap panggilan dijawab dengan tanda terima. Ctrl-C mengakhiri dan menghapus semuanya. (Every call is answered with a receipt. Ctrl-C ends it and removes everything.)",
  );
}
