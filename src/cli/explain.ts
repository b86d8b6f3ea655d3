import { commandLine } from "../base/command-line.ts";
import { inline, stacked, type Text } from "../base/text.ts";
import { ConfigFault } from "../config/config.ts";
import { messages } from "./messages.ts";
import { UsageFault } from "./verb.ts";

/** What is printed about a fault, and the exit status. It never contains a stack. */
export function explain(error: unknown, usage: string): { readonly lines: string; readonly status: 1 | 2 } {
  if (error instanceof ConfigFault) return { lines: `${inline(messages.configurationFaults)}\n${error.message}`, status: 2 };
  const misused = error instanceof UsageFault ? error.detail : misuse(error);
  if (misused !== undefined) return { lines: `${stacked(misused)}\n\n  ${commandLine()} ${usage}`, status: 2 };
  return { lines: stacked(detailOf(error) ?? system(error) ?? unexpected(error)), status: 1 };
}

/** The code of what was thrown; `""` if it has none. */
const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "");

/** Faults that `parseArgs` finds, by its code. Of its message only the option or word in quotes is used. */
const misuses: Readonly<Record<string, (quoted: string) => Text>> = {
  ERR_PARSE_ARGS_UNKNOWN_OPTION: messages.unknownOption,
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE: messages.wrongOptionValue,
  ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL: messages.misplacedWord,
};

function misuse(error: unknown): Text | undefined {
  const what = /'([^']*)'/.exec(error instanceof Error ? error.message : "")?.[1] ?? "";
  return misuses[codeOf(error)]?.(what.replace(" <value>", ""));
}

/** The text that a fault of ours carries. */
const detailOf = (error: unknown): Text | undefined => (error as { readonly detail?: Text }).detail;

/** What the operating system or SQLite refused. */
function system(error: unknown): Text | undefined {
  if (!(error instanceof Error)) return undefined;
  if (codeOf(error) === "ERR_SQLITE_ERROR") return messages.databaseUnusable(error.message);
  const { syscall, path, address, port } = error as NodeJS.ErrnoException & { readonly address?: string; readonly port?: number };
  if (syscall === undefined) return undefined;
  const code = codeOf(error);
  const place = path ?? (address === undefined ? syscall : `${address}:${port}`);
  return messages.systemRefused(place, messages.systemReasons[code] ?? { id: code, en: code });
}

/** A fault of the program itself, with the place in the source where it was thrown. */
function unexpected(error: unknown): Text {
  const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const place = /\/src\/[^\s)]+/.exec(error instanceof Error ? (error.stack ?? "") : "")?.[0].slice(1) ?? "?";
  return messages.faultInside(words, place);
}
