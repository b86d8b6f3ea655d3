import { readFileSync } from "node:fs";
import { followHandovers, trailInList, type KeyTrail } from "../../ledger/key-trail.ts";
import { parseLogList } from "../../ledger/log-list.ts";
import { readSignedNotes } from "../../ledger/signed-notes.ts";
import { parseVkey } from "../../ledger/note.ts";
import { CommandFault } from "../verb.ts";
import { messages } from "./messages.ts";

/** The key that the holder gives, if any. Throws a `CommandFault` if it is no vkey. */
export function pinned(vkey: string | undefined): string | undefined {
  if (vkey !== undefined && parseVkey(vkey) === undefined) throw new CommandFault(messages.notAVkey(vkey));
  return vkey;
}

/** The keys of a log, from a list that the holder keeps. Throws a `CommandFault` if the list does not have it. */
export function keysInList(origin: string, file: string): KeyTrail {
  const trail = trailInList(origin, parseLogList(readFileSync(file, "utf8")));
  if (trail !== undefined) return trail;
  throw new CommandFault(messages.logNotListed(file, origin));
}

/**
 * The keys to which the holder's own leads, by a file of handovers, which may come from anybody. Throws a `CommandFault` where they do
 * not lead on from it.
 */
export function keysAlong(vkey: string, file: string): KeyTrail {
  const { notes, unreadableFrom } = readSignedNotes(readFileSync(file, "utf8"));
  if (unreadableFrom !== undefined) throw new CommandFault(messages.notHandovers(file, unreadableFrom));
  const trail = followHandovers(vkey, notes);
  if (!("fault" in trail)) return trail;
  throw new CommandFault(messages.handoversRefused(file, trail.fault));
}
