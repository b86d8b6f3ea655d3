import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { threadEnvironment } from "../base/thread-environment.ts";
import { lintLimits } from "./limits.ts";
import type { LintAnswer, LintTask } from "./lint-worker.ts";
import { messages } from "./messages.ts";
import type { LintReport } from "./report.ts";
import type { Standard } from "./standard.ts";
import { BrokenOff, CannotValidate } from "./cannot-validate.ts";

export interface LintOptions {
  /** The text of the contract in force, if there is one. */
  readonly previous?: string;
  /** The folder in which the document lies, if its references may lead to files there; and that of the previous one. */
  readonly folder?: string;
  readonly previousFolder?: string;
  /** Instead of `lintLimits`: for tests. */
  readonly limits?: {
    readonly milliseconds?: number;
    readonly heapMegabytes?: number;
    /** Whether the time is over when this step is about to run. */
    readonly overAt?: (about: string) => boolean;
  };
}

let kept: { readonly worker: Worker; readonly heapMegabytes: number } | undefined;
let line: Promise<unknown> = Promise.resolve();
let idle: NodeJS.Timeout | undefined;

/** A gateway lints seldom: the worker's memory is freed when no document has come for a while. */
function rest(): void {
  idle = setTimeout(() => {
    void kept?.worker.terminate();
    kept = undefined;
  }, lintLimits.idleMilliseconds).unref();
}

/**
 * Judges a document from an untrusted author in a worker of bounded time and memory. Documents are judged one after
 * another; the worker is kept as long as none of them breaks it. Rejects with `CannotValidate` for a document that
 * cannot be judged.
 */
export function lint(
  document: { readonly file: string; readonly text: string },
  standard: Standard,
  options: LintOptions = {},
): Promise<LintReport> {
  const run = line.then(() => runTask(document, standard, options));
  line = run.catch(() => undefined);
  return run;
}

/** Starts the worker while its caller still reads what the document is to be judged by. */
export function wakeWorker(): void {
  line = line.then(async () => void (await workerWith(lintLimits.heapMegabytes)).unref());
}

/** A worker that has started: loading the program does not count as time of the document. */
async function workerWith(heapMegabytes: number): Promise<Worker> {
  if (kept?.heapMegabytes === heapMegabytes) return kept.worker;
  await kept?.worker.terminate();
  const worker = new Worker(new URL("./lint-worker.ts", import.meta.url), {
    env: threadEnvironment(),
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: 64, stackSizeMb: lintLimits.stackMegabytes },
  });
  await once(worker, "message");
  kept = { worker, heapMegabytes };
  return worker;
}

async function runTask(
  document: { readonly file: string; readonly text: string },
  standard: Standard,
  { previous, folder, previousFolder, limits = {} }: LintOptions,
): Promise<LintReport> {
  const { milliseconds = lintLimits.milliseconds, heapMegabytes = lintLimits.heapMegabytes } = limits;
  clearTimeout(idle);
  const worker = await workerWith(heapMegabytes);
  worker.ref();
  const { promise, resolve, reject } = Promise.withResolvers<LintReport>();
  const stop = (error: Error): void => {
    kept = undefined;
    void worker.terminate();
    reject(error);
  };
  let about: string | undefined;
  const over = (): void => stop(new BrokenOff(messages.tooLong(milliseconds, about)));
  const clock = setTimeout(over, milliseconds);
  const onMessage = (answer: LintAnswer): void => {
    if ("ready" in answer) return;
    if ("about" in answer) {
      about = answer.about;
      if (limits.overAt?.(about) === true) over();
    } else if ("report" in answer) resolve(answer.report);
    else if ("refused" in answer) reject(new CannotValidate(answer.refused, answer.place));
    else stop(new Error(answer.broken));
  };
  const onError = (error: Error & { readonly code?: string }): void =>
    stop(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? new CannotValidate(messages.tooMuchMemory) : error);
  worker.on("message", onMessage).on("error", onError);
  try {
    worker.postMessage({
      ...document,
      previous,
      folder,
      previousFolder,
      standard: { file: standard.file, text: standard.text, digest: standard.digest, lists: standard.lists ?? [] },
    } satisfies LintTask);
    return await promise;
  } finally {
    clearTimeout(clock);
    worker.off("message", onMessage).off("error", onError).unref();
    rest();
  }
}
