import type { Text } from "../../base/text.ts";
import type { Config } from "../../config/config.ts";
import { parseCheckpoint, verifyCheckpoint } from "../../ledger/checkpoint.ts";
import { rangeRoot } from "../../ledger/compact-range.ts";
import { LedgerFault } from "../../ledger/fault.ts";
import type { ReadableLedgerStore } from "../../ledger/store.ts";
import { vkeyOf } from "../../ledger/log-key.ts";
import { nextLogKey } from "../../gateway/log-key.ts";
import { parseVkey, type NoteVerifier } from "../../ledger/note.ts";
import { contradiction, readRememberedNotes } from "../../ledger/remembered.ts";
import type { TileReader } from "../../ledger/tiles.ts";
import { loadFrontier } from "../../ledger/frontier.ts";
import { doubtful, good, wrong, type DoctorCheck, type Diagnosis } from "./diagnosis.ts";
import { readableInstance } from "./identity.ts";
import { withLedger, withRegistry } from "./stores.ts";
import { messages } from "./messages.ts";

/**
 * The last leaves of the log lead to its signed head, and it is the log in which the registry's changes were recorded.
 * The whole of it is for `audit` to check.
 */
export const ledger: DoctorCheck = async ({ config }) => {
  const recorded = await withRegistry(config, async (store) => (await store.lastSettled())?.notice.id).catch(() => undefined);
  const found = await withLedger(config, (store, isHeld) => examineLedger(store, isHeld, config, recorded)).catch(faultOf);
  if (found !== undefined) return found;
  if (recorded !== undefined) return [lost];
  return [good(messages.noLedger)];
};

/** `recorded`: the exchange under which the registry's last change was recorded. */
async function examineLedger(
  store: ReadableLedgerStore,
  isHeld: boolean,
  config: Config,
  recorded: string | undefined,
): Promise<readonly Diagnosis[]> {
  const head = await store.head();
  if (head === undefined) return recorded === undefined ? [] : [lost];
  const said = parseCheckpoint(head.checkpoint);
  const verifiers = keysOf(config);
  if (verifiers.length > 0 && !verifiers.some((verifier) => verifyCheckpoint(head.checkpoint, verifier)))
    return [broken(messages.headOfAnother)];
  if (said?.size !== head.size || !said.root.equals(head.root)) return [broken(messages.headAndSizeDisagree)];
  const { range } = await loadFrontier(store, head.size);
  if (!rangeRoot(range).equals(head.root)) return [broken(messages.leavesMissRoot)];
  if ((await store.leaves({ by: "index", begin: head.size, end: head.size + 1 })).length > 0) return [broken(messages.leafBeyondHead)];

  const sound = good((isHeld ? messages.ledgerHeld : messages.ledgerAtRest)(said.origin, head.size));
  const last = recorded?.replaceAll("-", "");
  if (last !== undefined && (await store.leaves({ by: "exchange", id: Buffer.from(last, "hex") })).length === 0) return [sound, lost];
  const old = await olderThanRemembered(store, config, said.origin, head.size);
  if (old !== undefined) return [old];
  const open = (await store.leaves({ by: "open-intent" })).length;
  if (open === 0 || isHeld) return [sound];
  return [sound, doubtful(messages.openIntents(open))];
}

/** The log's key, and the one to which it may have handed over just before the gateway was killed: the next start takes note of it. */
function keysOf(config: Config): readonly NoteVerifier[] {
  const instance = readableInstance(config);
  if (instance === undefined) return [];
  const next = nextLogKey(config.data);
  const vkeys = [instance.vkey, ...(next === undefined ? [] : [vkeyOf(instance.origin, next.key)])];
  return vkeys.flatMap((vkey) => parseVkey(vkey) ?? []);
}

/** What the file of remembered checkpoints says against this ledger. */
async function olderThanRemembered(
  store: ReadableLedgerStore,
  config: Config,
  origin: string,
  size: number,
): Promise<Diagnosis | undefined> {
  const vkeys = readableInstance(config)?.vkeys ?? [];
  const { partials } = await loadFrontier(store, size);
  const tile: TileReader = async (level, n) => (level === "entries" ? undefined : ((await store.tile(level, n)) ?? partials[level]));
  const { checkpoint } = (await store.head())!;
  const notes = await readRememberedNotes(config.remembered);
  const fault = await contradiction({ origin, checkpoint: () => checkpoint, tile }, vkeys, notes, config.remembered);
  return fault && wrong(messages.sentence(fault));
}

const broken = (reason: Text): Diagnosis => wrong(messages.ledgerContradictsItself(reason));

const lost = wrong(messages.ledgerLost);

function faultOf(fault: unknown): readonly Diagnosis[] {
  const { message } = fault as Error;
  return [broken(fault instanceof LedgerFault ? fault.detail : { id: message, en: message })];
}
