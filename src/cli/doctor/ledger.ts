import type { Config } from "../../config/config.ts";
import { parseCheckpoint, verifyCheckpoint } from "../../ledger/checkpoint.ts";
import { rangeRoot } from "../../ledger/compact-range.ts";
import { LedgerFault } from "../../ledger/fault.ts";
import type { ReadableLedgerStore } from "../../ledger/store.ts";
import { parseVkey } from "../../ledger/note.ts";
import { loadFrontier } from "../../ledger/frontier.ts";
import { doubtful, good, wrong, type DoctorCheck, type Diagnosis } from "./diagnosis.ts";
import { readableInstance } from "./identity.ts";
import { withLedger, withRegistry } from "./stores.ts";

/** The log's right side agrees with its signed head, and it is the log that the registry was told to. The rest of it is `audit`'s. */
export const ledger: DoctorCheck = async ({ config }) => {
  const told = await withRegistry(config, async (store) => (await store.lastSettled())?.notice.id).catch(() => undefined);
  const found = await withLedger(config, (store, isHeld) => judge(store, isHeld, config, told)).catch(faultOf);
  if (found !== undefined) return found;
  if (told !== undefined) return [lost];
  return [
    good(
      "Buku besar belum ada; gerbang memulainya saat pertama berjalan.",
      "There is no ledger yet; the gateway begins it when it first runs.",
    ),
  ];
};

async function judge(store: ReadableLedgerStore, isHeld: boolean, config: Config, told: string | undefined): Promise<readonly Diagnosis[]> {
  const head = await store.head();
  if (head === undefined) return told === undefined ? [] : [lost];
  const said = parseCheckpoint(head.checkpoint);
  const verifier = parseVkey(readableInstance(config)?.vkey ?? "");
  if (verifier !== undefined && !verifyCheckpoint(head.checkpoint, verifier))
    return [broken("kepalanya milik log atau kunci lain", "its head is another log's or another key's")];
  if (said?.size !== head.size || !said.root.equals(head.root))
    return [broken("kepala dan ukurannya tidak cocok", "its head and its size do not agree")];
  const { range } = await loadFrontier(store, head.size);
  if (!rangeRoot(range).equals(head.root)) return [broken("daun terakhir tidak menuju akarnya", "its last leaves do not lead to its root")];
  if ((await store.leaves({ by: "index", begin: head.size, end: head.size + 1 })).length > 0)
    return [broken("ada daun di luar kepalanya", "there is a leaf beyond its head")];

  const [heldId, heldEn] = isHeld
    ? ["sedang ditulis sebuah gerbang", "a gateway is writing to it"]
    : ["tidak sedang dipakai", "not in use"];
  const sound = good(
    `Buku besar ${said.origin}: ${head.size} daun, kepala cocok, ${heldId}.`,
    `Ledger ${said.origin}: ${head.size} leaves, head agrees, ${heldEn}.`,
  );
  const found =
    told === undefined || (await store.leaves({ by: "exchange", id: Buffer.from(told.replaceAll("-", ""), "hex") })).length > 0
      ? [sound]
      : [sound, lost];
  const open = (await store.leaves({ by: "open-intent" })).length;
  if (open === 0 || isHeld) return found;
  return [
    ...found,
    doubtful(
      `${open} niat tanpa hasil: sebuah proses mati di tengah jalan; gerbang menutupnya saat mulai.`,
      `${open} intents without an outcome: a process died halfway; the gateway closes them when it starts.`,
    ),
  ];
}

const broken = (id: string, en: string): Diagnosis =>
  wrong(
    `Buku besar tidak cocok dengan dirinya: ${id}. Jangan jalankan gerbang di atasnya; jalankan audit --data, simpan salinannya, lalu pulihkan dari cadangan.`,
    `The ledger does not agree with itself: ${en}. Do not run the gateway on it; run audit --data, keep a copy, then restore from a backup.`,
  );

const lost = wrong(
  "Buku besar ini bukan yang dikenal registri: catatan perubahan registri terakhir tidak ada di dalamnya, mungkin berkasnya hilang atau lebih tua. Pulihkan ledger.sqlite dan registry.sqlite dari cadangan yang sama.",
  "This ledger is not the one that the registry knows: the leaf of the registry's last change is not in it, so the file may be lost or older. Restore ledger.sqlite and registry.sqlite from the same backup.",
);

function faultOf(fault: unknown): readonly Diagnosis[] {
  if (fault instanceof LedgerFault) return [broken(fault.detail.id, fault.detail.en)];
  return [broken((fault as Error).message, (fault as Error).message)];
}
