/** A log under one key, as the signed list of an instance's logs names it (protocol §4.1). Times are RFC 3339. */
export interface ListedLog {
  readonly origin: string;
  readonly vkey: string;
  readonly from: string;
  /** When the log was closed, or another key took this one's place. */
  readonly until?: string;
  /** The size of the last checkpoint that counts under this key. */
  readonly lastSize?: number;
  /** The note by which this key handed over to the next one; the identity has it, the list has not. */
  readonly handover?: string;
}

/** The text of the list, to be signed as a note under `name`. */
export const formatLogList = (name: string, logs: readonly ListedLog[]): string =>
  [name, ...logs.map(({ origin, vkey, from, until = "-", lastSize = "-" }) => `${origin} ${vkey} ${from} ${until} ${lastSize}`), ""].join(
    "\n",
  );

/** Reads the lines of a list, without checking its signature. Lines of another form are left out. */
export function parseLogList(note: string): readonly ListedLog[] {
  return note
    .split("\n\n")[0]!
    .split("\n")
    .flatMap((line) => {
      const [origin, vkey, from, until, size, ...more] = line.split(" ");
      if (origin === undefined || vkey === undefined || from === undefined || until === undefined || size === undefined) return [];
      if (more.length > 0) return [];
      return [
        { origin, vkey, from, ...(until === "-" ? undefined : { until }), ...(size === "-" ? undefined : { lastSize: Number(size) }) },
      ];
    });
}

/** The last part of a log's origin: `log-1`. */
export const logNameIn = (origin: string): string => origin.slice(origin.lastIndexOf("/") + 1);
