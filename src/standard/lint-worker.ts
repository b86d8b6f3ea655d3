import { parentPort } from "node:worker_threads";
import type { Text } from "../base/text.ts";
import { noFolder, type ContractFolder } from "../contract/reading/folder.ts";
import { openFolder } from "../contract/reading/open-folder.ts";
import { readDocument } from "./document.ts";
import { evaluateStandard } from "./evaluate.ts";
import { messages } from "./messages.ts";
import { readStandard } from "./read-standard.ts";
import type { LintReport } from "./report.ts";
import type { Standard } from "./standard.ts";
import { CannotValidate, type FaultPlace } from "./cannot-validate.ts";

/** One document to judge, as the worker gets it. */
export interface LintTask {
  readonly file: string;
  readonly text: string;
  readonly previous?: string | undefined;
  /** The folder beside the document, and beside the previous one, where references may lead to files. */
  readonly folder?: string | undefined;
  readonly previousFolder?: string | undefined;
  readonly standard: Required<Pick<Standard, "file" | "text" | "digest" | "lists">>;
}
/**
 * What the worker answers: that it has started; then, any number of times, which step is about to run; then the
 * outcome.
 */
export type LintAnswer =
  | { readonly ready: true }
  | { readonly about: string }
  | { readonly report: LintReport }
  | { readonly refused: Text; readonly place: FaultPlace | undefined }
  | { readonly broken: string };

const standards = new Map<string, Standard>();

function compiled({ file, text, digest, lists }: LintTask["standard"]): Standard {
  const key = [digest, ...lists].join("\n");
  const known = standards.get(key);
  if (known !== undefined) return known;
  const { standard, faults } = readStandard(file, text, true);
  if (standard === undefined) throw new Error(`${file}: ${faults[0]?.detail.en ?? "no standard"}`);
  const whole = { ...standard, lists };
  standards.set(key, whole);
  return whole;
}

function answerTo({ file, text, previous, folder, previousFolder, standard }: LintTask): LintAnswer {
  try {
    const about = (what: string): void => parentPort?.postMessage({ about: what } satisfies LintAnswer);
    const beside = (path: string | undefined): ContractFolder => (path === undefined ? noFolder : openFolder(path));
    const before = previous === undefined ? undefined : readDocument(`${file} (previous)`, previous, beside(previousFolder));
    return {
      report: evaluateStandard({ document: readDocument(file, text, beside(folder)), text, previous: before, about }, compiled(standard)),
    };
  } catch (error) {
    if (error instanceof CannotValidate) return { refused: error.fault, place: error.place };
    // A stack overflow is caused by the document; any other fault is ours.
    if (error instanceof RangeError) return { refused: messages.tooDeepToJudge, place: undefined };
    return { broken: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.postMessage({ ready: true } satisfies LintAnswer);
parentPort?.on("message", (task: LintTask) => parentPort?.postMessage(answerTo(task)));
