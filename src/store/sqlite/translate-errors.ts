import type { Text } from "../../base/text.ts";
import { messages } from "./messages.ts";

/** SQLite's primary result codes about a disk or a file. */
const diskFaults: Readonly<Record<number, Text>> = {
  8: messages.readOnly,
  10: messages.diskFailed,
  11: messages.damaged,
  13: messages.diskFull,
  14: messages.cannotOpen,
  26: messages.notADatabase,
};

/** What is wrong with the disk or the file; `undefined` for every other error. */
export function diskFault(fault: unknown): Text | undefined {
  if (!(fault instanceof Error) || !("errcode" in fault) || typeof fault.errcode !== "number") return undefined;
  return diskFaults[fault.errcode & 0xff];
}

/** Opens the store in `file`. What SQLite says of disk or file, at opening or later, is thrown as what `makeFault` gives for it. */
export function openTranslated<Port extends object>(
  file: string,
  open: () => Port,
  makeFault: (detail: Text, cause: unknown) => Error,
): Port {
  const fault = (detail: Text, cause: unknown): Error => makeFault(messages.ofFile(file, detail), cause);
  return translateErrors(translateErrors({ open }, fault).open(), fault);
}

/** The port with disk faults replaced by what `makeFault` gives for them: in promises, iterations and plain calls alike. */
export function translateErrors<Port extends object>(port: Port, makeFault: (detail: Text, cause: unknown) => Error): Port {
  const translated = (fault: unknown): unknown => {
    const detail = diskFault(fault);
    return detail === undefined ? fault : makeFault(detail, fault);
  };
  const iterate = async function* (items: AsyncIterable<unknown>): AsyncGenerator<unknown> {
    try {
      yield* items;
    } catch (fault) {
      throw translated(fault);
    }
  };
  const translating =
    (method: (...args: unknown[]) => unknown) =>
    (...args: unknown[]): unknown => {
      try {
        const result = method(...args);
        if (result instanceof Promise) {
          return result.catch((fault: unknown) => {
            throw translated(fault);
          });
        }
        return typeof result === "object" && result !== null && Symbol.asyncIterator in result
          ? iterate(result as AsyncIterable<unknown>)
          : result;
      } catch (fault) {
        throw translated(fault);
      }
    };
  const methods = Object.entries(port) as [string, (...args: unknown[]) => unknown][];
  return Object.fromEntries(methods.map(([name, method]) => [name, translating(method)])) as Port;
}
