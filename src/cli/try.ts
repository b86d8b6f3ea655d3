import { commandLine, quoted } from "../base/command-line.ts";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { systemClock } from "../base/clock.ts";
import { inline, prefixed, stacked } from "../base/text.ts";
import { createInstance } from "../gateway/identity.ts";
import { startGateway, untilStopped } from "../gateway/process.ts";
import type { ManifestFault } from "../source/fault.ts";
import { attempt, type Serving } from "../workbench/attempt.ts";
import { startMock } from "../workbench/mock.ts";
import type { Sample } from "../workbench/samples.ts";
import { layOutSandbox, sandboxPurpose, type Sandbox } from "../workbench/sandbox.ts";
import { originFault } from "../workbench/questions.ts";
import type { Trial } from "../workbench/trial.ts";
import { applyManifests } from "../gateway/apply-manifests.ts";
import { configOnFreePorts, ownConfigFlags } from "./own-config.ts";
import { faultList } from "./fault-list.ts";
import { messages } from "./messages.ts";
import { readTrialOrRefuse } from "./read-trial.ts";
import { CommandFault, UsageFault, type Verb, type VerbOptions } from "./verb.ts";

const options = {
  upstream: {
    type: "string",
    value: "ORIGIN",
    means: {
      id: "aplikasi sungguhan yang menjawab, pada data uji, alih-alih tiruan: setiap jawabannya dinilai menurut kontrak",
      en: "the real application that answers, on test data, instead of a mock: each of its answers is judged by the contract",
    },
  },
  once: { type: "boolean", means: { id: "memanggil tiap operasi satu kali, lalu selesai", en: "calls each operation once and ends" } },
} as const satisfies VerbOptions;

export const verb: Verb = {
  audience: "developer",
  usage: "try [--once] [--upstream ORIGIN] [--public-port N] … OPENAPI.yaml",
  summary: {
    id: "Menjawab sebuah kontrak dengan contoh-contohnya, di balik gerbang sungguhan",
    en: "Answers a contract with its own examples, behind a real gateway",
  },
  help: [
    {
      id:
        "Untuk konsumen yang mulai sebelum penyedianya siap: data sementara, izin percobaan untuk semua operasi, " +
        "perintah `call` siap tempel, tanda terima sungguhan. Ctrl-C mengakhiri dan menghapus semuanya.",
      en:
        "For consumers who begin before their provider is ready: temporary data, a sandbox grant for all operations, " +
        "`call` commands to paste, real receipts. Ctrl-C ends and removes everything.",
    },
  ],
  options,
  settings: true,
  exit: {
    0: {
      id: "dengan --once bila semuanya dijawab dengan tanda terima yang sah",
      en: "with --once if all were answered with a receipt that verifies",
    },
    1: { id: "selain itu", en: "else" },
  },
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options: { ...ownConfigFlags, ...options }, allowPositionals: true });
    const { once = false, upstream, ...flags } = values as Record<string, string> & { once?: boolean; upstream?: string };
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageFault(messages.nameOneContract);
    const wrong = upstream === undefined ? undefined : originFault(upstream);
    if (wrong !== undefined) throw new UsageFault(prefixed("--upstream ", wrong));
    const folder = mkdtempSync(join(tmpdir(), "simpul-try-"));
    let status: number;
    try {
      status = await serve(readTrialOrRefuse(file), folder, flags, { once, upstream });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    if (!once) console.log(`\n${inline(messages.trialStopped)}`);
    return status;
  },
};

interface Asked {
  readonly once: boolean;
  readonly upstream: string | undefined;
}

async function serve(trial: Trial, folder: string, flags: Readonly<Record<string, string>>, { once, upstream }: Asked): Promise<number> {
  const config = await configOnFreePorts({ ...flags, data: join(folder, "data") });
  const mock = upstream === undefined ? await startMock(trial.samples) : undefined;
  const provider = mock === undefined ? { upstream: upstream!, basePath: trial.serverPath } : { upstream: mock.origin };
  try {
    const sandbox = layOutSandbox(folder, trial, provider, Math.floor(systemClock() / 1000));
    const instance = createInstance(config, systemClock);
    const applied = await applyManifests({ ...config, services: sandbox.services }, { by: "try" });
    if (applied.faults.length > 0) throw faultsOf(applied.faults);
    const running = await startGateway({ config, instance, logTo: 2 });
    try {
      const serving: Serving = {
        publicOrigin: running.publicOrigin,
        base: `/r1/${trial.service}`,
        vkey: instance.vkey,
        real: mock === undefined,
      };
      if (once) return await tryAll(trial.samples, sandbox, serving);
      printCommands(trial.samples, sandbox, serving, folder);
      await untilStopped(running, config.drainGraceMs);
      return 0;
    } finally {
      await running.close();
    }
  } finally {
    await mock?.close();
  }
}

const faultsOf = (faults: readonly Omit<ManifestFault, "code">[]): CommandFault => new CommandFault(faultList(faults));

async function tryAll(samples: readonly Sample[], sandbox: Sandbox, serving: Serving): Promise<number> {
  let failed = 0;
  for (const sample of samples) {
    const { good, result } = await attempt(sample, sandbox, serving);
    console.log(`${good ? "✓" : "✗"} ${sample.id}  ${sample.method} ${sample.template}\n    ${stacked(result, "    ")}`);
    if (sample.madeUp.length > 0) console.log(`    ${stacked(messages.madeUp(sample.madeUp.join(", ")), "    ")}`);
    if (!good) failed++;
  }
  console.log(inline(failed === 0 ? messages.allAnswered(samples.length) : messages.notAllAnswered(failed, samples.length)));
  return failed === 0 ? 0 : 1;
}

function printCommands(
  samples: readonly Sample[],
  { consumer, keyFile }: Sandbox,
  { publicOrigin, base, vkey, real }: Serving,
  folder: string,
): void {
  console.log(stacked((real ? messages.applicationAnswers : messages.mockAnswers)(publicOrigin + base)));
  for (const { id, method, template, request, answer, madeUp } of samples) {
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
    if (lacking.length > 0) console.log(`  ${inline(messages.noExampleFor(lacking.join(", ")))}`);
    if (madeUp.length > 0) console.log(`  ${stacked(messages.madeUp(madeUp.join(", ")), "  ")}`);
    if (answer === undefined && !real) console.log(`  ${inline(messages.noAnswerShown)}`);
    console.log(`  ${commandLine("call")} ${words.join(" \\\n      ")} \\\n      ${method} ${quoted(publicOrigin + base + target)}`);
  }
  console.log(`\n${inline(messages.everyCallAnswered)}`);
}
