import type { Text } from "../../base/text.ts";

/** What SQLite says of a disk or a file (primary result codes), for the one who operates it. */
const meanings: Readonly<Record<number, Text>> = {
  8: {
    id: "tidak dapat ditulis: berkas, folder, atau disk hanya-baca",
    en: "cannot be written: the file, its directory or the disk is read-only",
  },
  10: { id: "disk gagal membaca atau menulis", en: "the disk failed to read or write" },
  11: { id: "rusak; pulihkan dari cadangan", en: "is damaged; restore it from a backup" },
  13: { id: "tidak dapat ditulis: disk penuh", en: "cannot be written: the disk is full" },
  14: {
    id: "tidak dapat dibuka atau ditulis; periksa folder, hak akses, dan ruang disk",
    en: "cannot be opened or written; look at its directory, permissions and free space",
  },
  26: { id: "rusak atau bukan basis data; pulihkan dari cadangan", en: "is damaged or no database; restore it from a backup" },
};

/** What an error of SQLite means; `undefined` for one that is not about a disk or a file, and for what is no error of SQLite. */
export function diskFault(fault: unknown): Text | undefined {
  if (!(fault instanceof Error) || !("errcode" in fault) || typeof fault.errcode !== "number") return undefined;
  return meanings[fault.errcode & 0xff];
}

/** A port whose errors about disk or file are what `say` makes of them: promises, iterations and plain calls alike. */
export function translateErrors<Port extends object>(port: Port, say: (meaning: Text, cause: unknown) => Error): Port {
  const put = (fault: unknown): unknown => {
    const meaning = diskFault(fault);
    return meaning === undefined ? fault : say(meaning, fault);
  };
  const iterate = async function* (items: AsyncIterable<unknown>): AsyncGenerator<unknown> {
    try {
      yield* items;
    } catch (fault) {
      throw put(fault);
    }
  };
  const said =
    (method: (...given: unknown[]) => unknown) =>
    (...given: unknown[]): unknown => {
      try {
        const result = method(...given);
        if (result instanceof Promise) {
          return result.catch((fault: unknown) => {
            throw put(fault);
          });
        }
        return typeof result === "object" && result !== null && Symbol.asyncIterator in result
          ? iterate(result as AsyncIterable<unknown>)
          : result;
      } catch (fault) {
        throw put(fault);
      }
    };
  return Object.fromEntries(Object.entries(port).map(([name, method]) => [name, said(method as (...given: unknown[]) => unknown)])) as Port;
}
