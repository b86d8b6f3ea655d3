import type { Text } from "../base/text.ts";
import { ConfigFault } from "../config/config.ts";
import { UsageFault } from "./verb.ts";

/** What the one at the keyboard is told of a fault, and the exit status. Nobody is ever shown a stack. */
export function explain(error: unknown, usage: string): { readonly lines: string; readonly status: 1 | 2 } {
  if (error instanceof ConfigFault) return { lines: `Konfigurasi salah. (Faults in the configuration.)\n${error.message}`, status: 2 };
  const misused = error instanceof UsageFault ? error.detail : misuse(error);
  if (misused !== undefined) return { lines: `${both(misused)}\n\n  npm run -s simpul -- ${usage}`, status: 2 };
  return { lines: both(said(error) ?? system(error) ?? unexpected(error)), status: 1 };
}

const both = ({ id, en }: Text): string => `${id}\n(${en})`;

/** The code of whatever was thrown; `""` without one. */
const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "");

/** Faults of the command line that `parseArgs` finds, by its code; of its message only the option or word in quotes is used. */
const misuses: Readonly<Record<string, (what: string) => Text>> = {
  ERR_PARSE_ARGS_UNKNOWN_OPTION: (what) => ({ id: `Opsi ${what} tidak dikenal.`, en: `Unknown option ${what}.` }),
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE: (what) => ({
    id: `Opsi ${what} kurang nilainya, atau tidak memakai nilai.`,
    en: `The option ${what} lacks its value, or takes none.`,
  }),
  ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL: (what) => ({ id: `Kata ${what} tidak pada tempatnya.`, en: `The word ${what} has no place here.` }),
};

function misuse(error: unknown): Text | undefined {
  const what = /'([^']*)'/.exec(error instanceof Error ? error.message : "")?.[1] ?? "";
  return misuses[codeOf(error)]?.(what.replace(" <value>", ""));
}

/** A fault that brings its own words. */
const said = (error: unknown): Text | undefined => (error as { readonly detail?: Text }).detail;

const systemWords: Readonly<Record<string, Text>> = {
  ENOENT: { id: "tidak ada", en: "does not exist" },
  EEXIST: { id: "sudah ada", en: "exists already" },
  EACCES: { id: "tidak diizinkan bagi pengguna ini", en: "is not permitted for this user" },
  EPERM: { id: "tidak diizinkan bagi pengguna ini", en: "is not permitted for this user" },
  EROFS: { id: "ada di media yang hanya dapat dibaca", en: "is on a read-only medium" },
  EISDIR: { id: "sebuah folder, bukan berkas", en: "is a directory and no file" },
  ENOTDIR: { id: "bukan folder", en: "is not a directory" },
  ENOSPC: { id: "tidak muat, disk penuh", en: "does not fit, the disk is full" },
  ECONNREFUSED: { id: "tidak ada yang menjawab di sana", en: "nobody answers there" },
};

/** What the operating system or SQLite refused. */
function system(error: unknown): Text | undefined {
  if (!(error instanceof Error)) return undefined;
  if (codeOf(error) === "ERR_SQLITE_ERROR")
    return { id: `Basis data tidak dapat dipakai: ${error.message}.`, en: `The database cannot be used: ${error.message}.` };
  const { syscall, path, address, port } = error as NodeJS.ErrnoException & { readonly address?: string; readonly port?: number };
  if (syscall === undefined) return undefined;
  const place = path ?? (address === undefined ? syscall : `${address}:${port}`);
  const words = systemWords[codeOf(error)] ?? { id: codeOf(error), en: codeOf(error) };
  return { id: `${place}: ${words.id}.`, en: `${place}: ${words.en}.` };
}

/** A fault of the program itself, with the place in it that whoever mends it has to know. */
function unexpected(error: unknown): Text {
  const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const place = /\/src\/[^\s)]+/.exec(error instanceof Error ? (error.stack ?? "") : "")?.[0].slice(1) ?? "?";
  return {
    id: `Kesalahan di dalam Simpul; laporkan baris ini. ${words} [${place}]`,
    en: "A fault inside Simpul; please report this line.",
  };
}
