import { readLeaf } from "../../ledger/read-leaf.ts";
import { good, wrong, type DoctorCheck } from "./diagnosis.ts";
import { withLedger } from "./stores.ts";
import { messages } from "./messages.ts";

/** This version was made later than this. */
const madeIn = Date.parse("2026-01-01T00:00:00Z");

/** The clock is wrong if it shows a time before this version was made, or before the newest leaf. */
export const clock: DoctorCheck = async ({ config, clock: read }) => {
  const newest = await withLedger(config, async (store) => {
    const size = (await store.head())?.size ?? 0;
    const [last] = size === 0 ? [] : await store.leaves({ by: "index", begin: size - 1, end: size });
    return last === undefined ? undefined : Date.parse(readLeaf(last.leaf)?.at ?? "");
  }).catch(() => undefined);
  const now = read();
  const says = new Date(now).toISOString();
  if (now < madeIn) return [wrong(messages.clockBeforeVersion(says))];
  if (newest !== undefined && now < newest) return [wrong(messages.clockBehindLedger(says, Math.ceil((newest - now) / 1000)))];
  return [good(messages.clockSays(says))];
};
