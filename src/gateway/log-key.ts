import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import type { KeyObject } from "node:crypto";
import { dirname, join } from "node:path";
import type { Clock } from "../base/clock.ts";
import { sha256 } from "../base/bytes.ts";
import { uuidv7Of } from "../base/uuid.ts";
import type { Config } from "../config/config.ts";
import { verifyCheckpoint } from "../ledger/checkpoint.ts";
import { readControlChange } from "../ledger/control-change.ts";
import { parseHandover } from "../ledger/handover.ts";
import type { KeyRotation, Ledger } from "../ledger/ledger.ts";
import { encodeLogKey, generateLogKey, parseLogKey, vkeyOf } from "../ledger/log-key.ts";
import { messages as ledgerMessages } from "../ledger/messages.ts";
import { signerOf } from "../ledger/note.ts";
import { readLeaf } from "../ledger/read-leaf.ts";
import { readSecretFile } from "../ledger/secret-file.ts";
import { fileNames, InstanceFault, listedLogs, openInstance, readIdentity, writeIdentity, type Instance } from "./identity.ts";
import { signLogList } from "./log-succession.ts";
import { messages } from "./messages.ts";

/** The log's key and its rotation. The steps, each durable before the next: key put down, leaf in the log, identity, `log.key`. */

/** What waits in `log-key.next.json`. */
interface NextLogKey extends KeyRotation {
  readonly pem: string;
}

const nextKeyFile = (data: string): string => join(data, fileNames.nextLogKey);

/**
 * Puts a key down to which the log's key shall hand over: the one that is given, or a fresh one. The gateway takes it over within
 * seconds, or when it next starts. Gives its verifier key. Throws `InstanceFault` if another one waits, or if a log had this key before.
 */
export function putNextLogKey(
  config: Config,
  { key = generateLogKey(), by, clock }: { key?: KeyObject; by: string; clock: Clock },
): string {
  const { origin } = openInstance(config);
  if (existsSync(nextKeyFile(config.data))) throw new InstanceFault(messages.keyWaits(nextKeyFile(config.data)));
  const vkey = vkeyOf(origin, key);
  if (hadKey(config.data, vkey)) throw new InstanceFault(messages.keyWasUsed(vkey));
  writeDurably(nextKeyFile(config.data), `${JSON.stringify({ at: new Date(clock()).toISOString(), by, key: encodeLogKey(key) })}\n`);
  return vkey;
}

/** Puts a fresh key in the place of the log's, for a log that is about to begin: nothing hands over to it, and none waits any more. */
export function putNewLogKey(data: string): KeyObject {
  const key = generateLogKey();
  rmSync(nextKeyFile(data), { force: true });
  writeDurably(join(data, fileNames.logKey), encodeLogKey(key));
  return key;
}

/** The key that waits; `undefined` if there is none. Throws `LedgerFault` if others may read it, and what is in it is no key. */
export function nextLogKey(data: string): NextLogKey | undefined {
  const file = nextKeyFile(data);
  if (!existsSync(file)) return undefined;
  const { at, by, key: pem } = JSON.parse(readSecretFile(file, ledgerMessages.logKey)) as { at: string; by: string; key: string };
  const key = parseLogKey(pem, file);
  // The same at every start, so that its leaf is found again.
  const id = uuidv7Of(Date.parse(at), sha256(Buffer.from(`simpul.id/log-key/v1\n${vkeyOf("log", key)}\n`)).subarray(0, 16));
  return { id, at: Date.parse(at), by, key, pem };
}

/** The keys of the present log while a gateway runs. */
export interface LogKeys {
  /** The key that seals a bundle with this checkpoint: the one that signed it, or the present one. */
  sealing(origin: string, checkpoint: string): KeyObject;
  /** All verifier keys that this log has had. */
  vkeys(): readonly string[];
  /** Hands over to the key that waits, if one does; goes on where an earlier call was cut off. */
  rotate(): Promise<void>;
}

export interface LogKeyParts {
  readonly config: Config;
  readonly instance: Instance;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly onRotated: (vkey: string) => void;
  /** The key that waits cannot be taken; told once for each such key. */
  readonly onFault: (fault: unknown) => void;
}

export function keepLogKeys({ config: { data }, instance, ledger, clock, onRotated, onFault }: LogKeyParts): LogKeys {
  let key = instance.logKey;
  let coming: KeyObject | undefined;
  let refused: string | undefined;
  let running: Promise<void> | undefined;

  const handOver = async (next: NextLogKey): Promise<void> => {
    const { origin } = ledger;
    if ((await ledger.findExchange(next.id)) === undefined) {
      if (hadKey(data, vkeyOf(origin, next.key))) throw new InstanceFault(messages.keyWasUsed(vkeyOf(origin, next.key)));
      coming = next.key;
      await ledger.rotateKey({ ...next, at: clock() });
    }
    const stored = await ledger.findExchange(next.id);
    const leaf = stored && readLeaf(stored.leaf);
    const change = leaf?.type === "control" ? readControlChange(leaf.change) : undefined;
    const handover = change !== undefined && "key" in change ? parseHandover(change.key.checkpoint) : undefined;
    if (handover === undefined) throw new InstanceFault(messages.notARotation(next.id));
    recordRotation(data, { note: handover.note, size: handover.size, vkey: vkeyOf(origin, next.key), at: leaf!.at });
    writeDurably(join(data, fileNames.logKey), next.pem);
    key = next.key;
    coming = undefined;
    rmSync(nextKeyFile(data));
    syncFolder(data);
    onRotated(vkeyOf(origin, key));
    const offlineKey = join(data, fileNames.offlineKey);
    if (existsSync(offlineKey)) signLogList({ data }, offlineKey);
  };

  const rotate = async (): Promise<void> => {
    let id: string | undefined;
    try {
      const next = nextLogKey(data);
      id = next?.id;
      if (next !== undefined) await handOver(next);
    } catch (fault) {
      // A commit that failed is tried again; what is wrong with the key itself stays wrong.
      const told = `${id} ${(fault as Error).message}`;
      if (told !== refused) onFault(fault);
      refused = told;
    }
  };

  return {
    sealing: (origin, checkpoint) =>
      [coming, key].find((each) => each !== undefined && verifyCheckpoint(checkpoint, signerOf(origin, each))) ?? key,
    vkeys: () => vkeysIn(data, ledger.origin, key),
    rotate: () => (running ??= rotate().finally(() => (running = undefined))),
  };
}

/** The handovers of all logs of an instance, as a text of signed notes. */
export const handoversIn = (data: string): string =>
  listedLogs(data, readIdentity({ data }))
    .flatMap(({ handover }) => handover ?? [])
    .join("\n");

const vkeysIn = (data: string, origin: string, key: KeyObject): readonly string[] => [
  ...listedLogs(data, readIdentity({ data })).flatMap((log) => (log.origin === origin ? log.vkey : [])),
  vkeyOf(origin, key),
];

/** Whether a log of the instance has had this key, under whatever name. */
const hadKey = (data: string, vkey: string): boolean =>
  listedLogs(data, readIdentity({ data })).some((log) => rawKeyIn(log.vkey) === rawKeyIn(vkey));

/** The part of a verifier key that is the key itself. */
const rawKeyIn = (vkey: string): string => vkey.slice(vkey.indexOf("+", vkey.indexOf("+") + 1) + 1);

/** Records in the identity that the present log's key handed over. Recording it again changes nothing. */
export function recordRotation(data: string, { note, size, vkey, at }: { note: string; size: number; vkey: string; at: string }): void {
  const identity = readIdentity({ data });
  const listed = listedLogs(data, identity);
  const logs = listed.at(-1)!.vkey === vkey ? listed.slice(0, -1) : listed;
  const last = logs.at(-1)!;
  const before = { ...last, until: at, lastSize: size, handover: note };
  writeIdentity({ data }, { ...identity, logs: [...logs.slice(0, -1), before, { origin: last.origin, vkey, from: at }] });
}

/** Replaces a file that only its owner may read, in one step, and waits for the disk. */
function writeDurably(path: string, text: string): void {
  rmSync(`${path}.new`, { force: true });
  writeFileSync(`${path}.new`, text, { mode: 0o600, flag: "wx", flush: true });
  renameSync(`${path}.new`, path);
  syncFolder(dirname(path));
}

function syncFolder(path: string): void {
  const opened = openSync(path, "r");
  fsyncSync(opened);
  closeSync(opened);
}
