import type { Text } from "../base/text.ts";
import { parseCheckpoint } from "./checkpoint.ts";
import { isSameKey, parseHandover, type Handover } from "./handover.ts";
import type { ListedLog } from "./log-list.ts";
import { messages } from "./messages.ts";
import { parseNote, parseVkey, verifierOf, verifyNote, type NoteVerifier } from "./note.ts";

/** The keys that a log has had, as a reader knows them: it pinned one, and followed handovers or its list to the others. */
export interface KeyTrail {
  readonly origin: string;
  /** Oldest first. A checkpoint counts under the first key whose `until`, a size, it does not exceed. */
  readonly keys: readonly { readonly verifier: NoteVerifier; readonly until?: number }[];
  /** Keys of the logs after a closed one, which seal its bundles from then on. */
  readonly later: readonly NoteVerifier[];
}

/** A trail of one pinned key; `undefined` if it is no verifier key. */
export function trailOf(vkey: string): KeyTrail | undefined {
  const verifier = parseVkey(vkey);
  return verifier && { origin: verifier.name, keys: [{ verifier }], later: [] };
}

/** Whether the key that counts for a checkpoint of its size signed it. */
export function isCheckpointOf(trail: KeyTrail, note: string): boolean {
  const [parsed, checkpoint] = [parseNote(note), parseCheckpoint(note)];
  if (parsed === undefined || checkpoint?.origin !== trail.origin) return false;
  const counting = trail.keys[keyFor(trail, checkpoint.size)];
  return counting !== undefined && verifyNote(parsed, counting.verifier);
}

/** Whether a note about a checkpoint of `size` was signed, under the log's name, by the key that counts for it or by one after it. */
export function isSealOf(trail: KeyTrail, note: string, size: number): boolean {
  const parsed = parseNote(note);
  const own = trail.keys.slice(keyFor(trail, size)).map(({ verifier }) => verifier);
  return parsed !== undefined && [...own, ...trail.later].some((verifier) => verifyNote(parsed, verifier));
}

const keyFor = ({ keys }: KeyTrail, size: number): number => keys.findIndex(({ until }) => until === undefined || size <= until);

/**
 * Follows handovers from a pinned key to all others of its log, before and after it. They may come from anybody: each is signed by the
 * key that hands over. Gives what is wrong where one is no handover, or where they do not lead from key to key in their order.
 */
export function followHandovers(vkey: string, notes: readonly string[]): KeyTrail | { readonly fault: Text } {
  const pinned = trailOf(vkey);
  if (pinned === undefined) return { fault: messages.notAVkey(vkey) };
  const handovers: Handover[] = [];
  for (const [place, note] of notes.entries()) {
    const handover = parseHandover(note);
    if (handover === undefined) return { fault: messages.notAHandover(place + 1) };
    handovers.push(handover);
  }
  const chains = [...Map.groupBy(handovers, ({ origin }) => origin).values()];
  for (const chain of chains) {
    const fault = chainFault(chain);
    if (fault !== undefined) return { fault };
  }
  return alongHandovers(pinned, chains);
}

/** The same along handovers that are known to be sound, those of each log in a row. */
export function alongHandovers(pinned: KeyTrail, chains: readonly (readonly Handover[])[]): KeyTrail | { readonly fault: Text } {
  const { origin } = pinned;
  const pin = pinned.keys[0]!.verifier;
  const own = chains.find(([first]) => first?.origin === origin);
  if (own !== undefined && !keysIn(own).some((key) => isSameKey(key, pin))) return { fault: messages.handoversOfOthers(origin) };
  const keys = own === undefined ? pinned.keys : trailAlong(own);
  const later: NoteVerifier[] = [];
  const others = new Set(chains.filter((chain) => chain !== own));
  for (let newest = keys.at(-1)!.verifier; ;) {
    const next = others.values().find((chain) => keysIn(chain).some((key) => isSameKey(key, newest)));
    if (next === undefined) return { origin, keys, later };
    others.delete(next);
    const all = keysIn(next);
    later.push(...all.slice(all.findIndex((key) => isSameKey(key, newest)) + 1).map(({ publicKey }) => verifierOf(origin, publicKey)));
    newest = all.at(-1)!;
  }
}

/** The trail of a log in the holder's own list; `undefined` if the list does not have the log, or has it with what is no key. */
export function trailInList(origin: string, list: readonly ListedLog[]): KeyTrail | undefined {
  const verifiers = list.map(({ vkey, lastSize, ...log }) => ({ origin: log.origin, verifier: parseVkey(vkey), until: lastSize }));
  const last = verifiers.findLastIndex((log) => log.origin === origin);
  const own = verifiers.slice(0, last + 1).filter((log) => log.origin === origin);
  const keys = own.flatMap(({ verifier, until }, place) => {
    // What the last key signed beyond a closed log's end is lost, and still signed by it.
    const bound = place === own.length - 1 || until === undefined ? {} : { until };
    return verifier === undefined ? [] : [{ verifier, ...bound }];
  });
  if (keys.length === 0 || keys.length < own.length) return undefined;
  const later = verifiers.slice(last + 1).flatMap(({ verifier }) => verifier ?? []);
  return { origin, keys, later: later.map(({ publicKey }) => verifierOf(origin, publicKey)) };
}

/** What is wrong with handovers of one log in their order: each goes on from the one before, and no key comes back. */
export function chainFault(chain: readonly Handover[]): Text | undefined {
  for (const [place, { origin, size, before, after }] of chain.entries()) {
    const last = chain[place - 1];
    if (last !== undefined && (last.size >= size || !isSameKey(last.after, before))) return messages.handoverOutOfOrder(origin, size);
    const used = keysIn(chain.slice(0, place));
    if ([...used, before].some((key) => isSameKey(key, after))) return messages.keyUsedAgain(origin, size);
  }
  return undefined;
}

const keysIn = (chain: readonly Handover[]): NoteVerifier[] =>
  chain.length === 0 ? [] : [chain[0]!.before, ...chain.map(({ after }) => after)];

const trailAlong = (chain: readonly Handover[]): KeyTrail["keys"] => [
  ...chain.map(({ before, size }) => ({ verifier: before, until: size })),
  { verifier: chain.at(-1)!.after },
];
