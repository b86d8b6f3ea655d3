/**
 * The sealed records that are destroyed together: those of the leaves of one month (UTC) that are retained for the
 * same number of months. A bucket is named `2026-11/60` and has one data key.
 */
export interface RetentionBucket {
  readonly bucket: string;
  /** The first and the last leaf with a record in it. Leaves of other buckets may lie between. */
  readonly leaves: { readonly from: number; readonly to: number };
}

/**
 * Names the bucket of a leaf by its time in milliseconds and its months. Remembers the month, since the next leaf is
 * almost always of the same.
 */
export function bucketNames(): (at: number, months: number) => string {
  let month = { begin: 0, end: 0, name: "" };
  const names = new Map<number, string>();
  return (at, months) => {
    if (at < month.begin || at >= month.end) {
      const date = new Date(at);
      const [year, index] = [date.getUTCFullYear(), date.getUTCMonth()];
      month = { begin: Date.UTC(year, index), end: Date.UTC(year, index + 1), name: date.toISOString().slice(0, 7) };
      names.clear();
    }
    let name = names.get(months);
    if (name === undefined) names.set(months, (name = `${month.name}/${months}`));
    return name;
  };
}

/** For how many months the records of a bucket are retained. Throws `TypeError` for a name that is none. */
export const monthsOf = (bucket: string): number => read(bucket).months;

/**
 * The moment, in milliseconds, from which a bucket may be destroyed: its months after the end of its month. Throws like
 * `monthsOf`.
 */
export function keptUntil(bucket: string): number {
  const { year, month, months } = read(bucket);
  return Date.UTC(year, month + months);
}

function read(bucket: string): { readonly year: number; readonly month: number; readonly months: number } {
  const form = /^(\d{4})-(\d\d)\/(\d+)$/.exec(bucket);
  if (form === null) throw new TypeError(`"${bucket}" names no bucket of records`);
  return { year: Number(form[1]), month: Number(form[2]), months: Number(form[3]) };
}
