import { readLeaf } from "../../ledger/read-leaf.ts";
import { good, wrong, type DoctorCheck } from "./diagnosis.ts";
import { withLedger } from "./stores.ts";

/** This version was not made earlier. */
const madeIn = Date.parse("2026-01-01T00:00:00Z");

/** A clock cannot be before this program was made, nor before the newest leaf. */
export const clock: DoctorCheck = async ({ config, clock: read }) => {
  const newest = await withLedger(config, async (store) => {
    const size = (await store.head())?.size ?? 0;
    const [last] = size === 0 ? [] : await store.leaves({ by: "index", begin: size - 1, end: size });
    return last === undefined ? undefined : Date.parse(readLeaf(last.leaf)?.at ?? "");
  }).catch(() => undefined);
  const now = read();
  const says = new Date(now).toISOString();
  if (now < madeIn)
    return [
      wrong(
        `Jam mesin menunjukkan ${says}, sebelum versi ini dibuat; setel jam dan nyalakan NTP.`,
        `The clock says ${says}, before this version was made; set it and turn NTP on.`,
      ),
    ];
  if (newest !== undefined && now < newest) {
    const behind = Math.ceil((newest - now) / 1000);
    return [
      wrong(
        `Jam mesin menunjukkan ${says}, ${behind} detik di belakang daun terbaru buku besar; setel jam dan nyalakan NTP sebelum gerbang mulai.`,
        `The clock says ${says}, ${behind} seconds behind the ledger's newest leaf; set it and turn NTP on before the gateway starts.`,
      ),
    ];
  }
  return [good(`Jam mesin: ${says}.`, `The clock says ${says}.`)];
};
