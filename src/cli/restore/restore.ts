import type { KeyObject } from "node:crypto";
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../../base/clock.ts";
import { closedLogAt, dataDirectory } from "../../base/store-location.ts";
import { uuidv7 } from "../../base/uuid.ts";
import type { KnownHead } from "../../audit/heads.ts";
import { auditLog } from "../../audit/recompute.ts";
import { copyIdentity, nextLogName, recordSuccession, signLogList } from "../../gateway/log-succession.ts";
import { nextLogKey, putNewLogKey, recordRotation } from "../../gateway/log-key.ts";
import { checkBackup } from "../../backup/check.ts";
import { manifestName } from "../../backup/format.ts";
import type { InstanceKeys } from "../../backup/seal-keys.ts";
import { logNameIn } from "../../ledger/log-list.ts";
import { closedLogsIn, evidenceKeyName, fileNames, listedLogs, originOf } from "../../gateway/identity.ts";
import { parseCheckpoint } from "../../ledger/checkpoint.ts";
import { controlEntry } from "../../ledger/control-entry.ts";
import { loadLogKey, vkeyOf } from "../../ledger/log-key.ts";
import { formatVkey, parseVkey } from "../../ledger/note.ts";
import { readRememberedNotes } from "../../ledger/remembered.ts";
import { loadMasterKeys } from "../../ledger/sealed/master-key.ts";
import { followRegistry } from "../../registry/follow.ts";
import { storesAt } from "../../store/open.ts";
import { CommandFault } from "../verb.ts";
import { handoversFrom, newestBeyond, ofThisLog, type HeldCheckpoint } from "./known.ts";
import { messages } from "./messages.ts";

export interface RestoreOptions {
  /** The copy: a directory with the files of the registry and the ledger. */
  readonly from: string;
  /** The directory with the identity and the keys. */
  readonly keys: string;
  /** The keys of a backup, opened, by the names of their files. */
  readonly secrets: InstanceKeys | undefined;
  /** The directory of the logs that were closed before. */
  readonly closed: string;
  /** The new data directory: absent or empty. */
  readonly data: string;
  /** Signs the list of logs. */
  readonly offlineKey: string | undefined;
  /** Gives the log that goes on a key of its own: the one of the copy was stolen, or is lost. */
  readonly newLogKey: boolean;
  /** Checkpoints that others hold. */
  readonly held: readonly KnownHead[];
  readonly by: string;
  readonly clock: Clock;
}

export interface Restored {
  readonly closed: { readonly origin: string; readonly size: number };
  readonly next: { readonly origin: string; readonly vkey: string };
  readonly newest: HeldCheckpoint | undefined;
  readonly listSigned: boolean;
}

/**
 * Restores an instance from a copy. Everything is made and checked in a directory beside `data` and put in its place by
 * one rename, so that there is a whole instance or none. The log of the copy is closed, since nobody can know what was
 * signed after the copy was made; another one goes on from it under an origin of its own (protocol §4).
 */
export async function restoreInstance(options: RestoreOptions): Promise<Restored> {
  const { data } = options;
  if (existsSync(data) && readdirSync(data).length > 0) throw new CommandFault(messages.notEmpty(data));
  const making = `${data}.restoring`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true, mode: 0o700 });
  try {
    const restored = await make(options, making);
    if (existsSync(data)) rmSync(data, { recursive: true });
    renameSync(making, data);
    return restored;
  } catch (fault) {
    rmSync(making, { recursive: true, force: true });
    throw fault;
  }
}

async function make(
  { from, keys, secrets, closed, offlineKey, newLogKey, held, by, clock }: RestoreOptions,
  data: string,
): Promise<Restored> {
  const source = storesAt(dataDirectory(from));
  if (!source.hasLedger() || !source.hasRegistry()) throw new CommandFault(messages.noCopyIn(from));
  if (source.isLedgerHeld()) throw new CommandFault(messages.inUse(from));
  if (existsSync(join(from, manifestName))) {
    const [fault] = (await checkBackup(from, { keys: secrets })).faults;
    if (fault !== undefined) throw new CommandFault(messages.damaged(fault));
  }
  const identity = copyIdentity(keys, data, { secrets, withoutLogKey: newLogKey });
  const evidenceKey = secrets?.[evidenceKeyName];
  if (evidenceKey === undefined) copyFileSync(join(keys, evidenceKeyName), join(data, evidenceKeyName));
  else writeFileSync(join(data, evidenceKeyName), evidenceKey, { mode: 0o600 });
  for (const origin of closedLogsIn(data)) {
    const name = logNameIn(origin);
    if (!existsSync(join(closed, name))) throw new CommandFault(messages.noClosedLog(origin, closed));
    cpSync(join(closed, name), join(data, "closed", name), { recursive: true });
  }
  const place = closedLogAt(dataDirectory(data), identity.logName);
  mkdirSync(place.directory, { recursive: true, mode: 0o700 });
  source.copyLedgerTo(place);
  source.copyRegistryTo(dataDirectory(data));

  const origin = originOf(identity, identity.logName);
  const listed = listedLogs(data, identity).filter((log) => log.origin === origin);
  const present = keysIn(data).map((key) => vkeyOf(origin, key));
  const known = [...listed.map(({ vkey }) => vkey), ...present].flatMap((vkey) => parseVkey(vkey) ?? []);
  const beside = (await readRememberedNotes(join(from, "remembered.note"))).map((note) => ({ note, file: join(from, "remembered.note") }));
  const handovers = handoversFrom(origin, known, [...held, ...beside]);
  const verifiers = [...known, ...handovers.map(({ after }) => after)];
  const heads = ofThisLog(origin, verifiers, [...held, ...beside]);
  const { checkpoint, size, newest } = await checkCopy(data, place, origin, heads);

  const at = clock();
  const logName = nextLogName(identity);
  const next = originOf(identity, logName);
  const evidenceKeys = loadMasterKeys(join(data, evidenceKeyName));
  const logKey = newLogKey ? putNewLogKey(data) : loadLogKey(join(data, fileNames.logKey));
  const ledger = await storesAt(dataDirectory(data)).openLedger({ logKey, origin: next, clock, evidenceKeys });
  try {
    const log = { previous: origin, checkpoint, ...(newest && { newest: newest.note }), reason: "restored" } as const;
    await ledger.append(controlEntry(next, { id: uuidv7(at), at, change: { log, by } }));
  } finally {
    await ledger.close();
  }
  for (const { note, size, after } of handovers)
    recordRotation(data, { note, size, vkey: formatVkey(after), at: new Date(at).toISOString() });
  recordSuccession(data, { logName, at, lastSize: size });
  const key = offlineKey ?? join(data, "instance.key");
  const listSigned = existsSync(key);
  if (listSigned) signLogList({ data }, key);
  return { closed: { origin, size }, next: { origin: next, vkey: vkeyOf(next, logKey) }, newest, listSigned };
}

/** The log keys that came with the copy: the present one, unless it was lost, and one that may have taken its place already. */
function keysIn(data: string): readonly KeyObject[] {
  const file = join(data, fileNames.logKey);
  const next = nextLogKey(data);
  return [...(existsSync(file) ? [loadLogKey(file)] : []), ...(next === undefined ? [] : [next.key])];
}

/** Recomputes the copy, and compares it with what others hold. */
async function checkCopy(
  data: string,
  place: Parameters<typeof storesAt>[0],
  origin: string,
  heads: readonly HeldCheckpoint[],
): Promise<{ readonly checkpoint: string; readonly size: number; readonly newest: HeldCheckpoint | undefined }> {
  const registry = storesAt(dataDirectory(data)).openRegistry();
  try {
    await followRegistry(registry).newest();
  } finally {
    await registry.close();
  }
  const log = storesAt(place).readLog();
  try {
    const roots = new Map<number, Buffer>();
    const sizes = [...new Set(heads.map(({ size }) => size))];
    const report = await auditLog(log, { sizes, onRoot: (size, root) => void roots.set(size, Buffer.from(root)) });
    const said = parseCheckpoint(report.checkpoint);
    if (said?.origin !== origin) throw new CommandFault(messages.copyOfAnother(said?.origin ?? "?", origin));
    const [fault] = report.findings;
    if (fault !== undefined) throw new CommandFault(messages.damaged(fault.text));
    return { checkpoint: report.checkpoint, size: said.size, newest: newestBeyond(said.size, (size) => roots.get(size), heads) };
  } finally {
    await log.close();
  }
}
