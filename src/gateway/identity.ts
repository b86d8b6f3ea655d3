import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { dayMs } from "../base/time.ts";
import { uuidv7 } from "../base/uuid.ts";
import type { Config } from "../config/config.ts";
import type { AdminToken } from "../http/control/bearer.ts";
import { formatLogList, parseLogList, type ListedLog } from "../ledger/log-list.ts";
import { encodeLogKey, generateLogKey, loadLogKey, vkeyOf } from "../ledger/log-key.ts";
import { signerOf, signNote } from "../ledger/note.ts";
import { loadOrCreateMasterKeys } from "../ledger/sealed/master-key-file.ts";
import { formatToken, newSecret } from "../policy/acts/token.ts";
import { messages } from "./messages.ts";

/** One gateway's identity, kept in its data directory: made once by `simpul init`, continued at every start. */
export interface Instance {
  /** Origin of the log, `<host>/log/<name>`. */
  readonly origin: string;
  readonly logKey: KeyObject;
  readonly vkey: string;
  /** The list of this instance's logs, signed by the instance's offline key (protocol §4.1). */
  readonly logList: string;
  /** The verifier key of that list. */
  readonly listVkey: string;
  /** All verifier keys that this log has had, the present one last. */
  readonly vkeys: readonly string[];
  /** The origins of the logs that were closed, the newest first. */
  readonly closedLogs: readonly string[];
  /** The token that appoints the first officers; `undefined` in a directory that was made before there was one. */
  readonly adminToken: AdminToken | undefined;
}

/** What `instance.json` holds. */
export interface Identity extends Pick<Instance, "listVkey"> {
  readonly publicOrigin: string;
  readonly logName: string;
  readonly adminToken?: AdminToken;
  /** The lines of the list of logs, the newest last. A directory whose list has its first line only may lack them. */
  readonly logs?: readonly ListedLog[];
}

/** The data directory is not what it must be; the operator is shown the detail as it is. */
export class InstanceFault extends Fault {
  override readonly name = "InstanceFault";
}

/** The names of two keys in the keys of a backup; the file of the second is where the setting `evidence-key` says. */
export const logKeyName = "log.key";
export const evidenceKeyName = "evidence.key";

const nextLogKeyName = "log-key.next.json";

export const fileNames = {
  identity: "instance.json",
  logKey: logKeyName,
  nextLogKey: nextLogKeyName,
  offlineKey: "instance.key",
  logList: "logs.note",
  adminToken: "admin.token",
} as const;
const adminTokenDays = 30;

export const instanceExists = ({ data }: Config): boolean => existsSync(join(data, fileNames.identity));

/** Makes keys and identity. The identity file is written last: without it, nothing has been made. */
export function createInstance(config: Config, clock: Clock): Instance {
  if (instanceExists(config)) throw new InstanceFault(messages.instanceExists(config.data));
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const file = (name: keyof typeof fileNames): string => join(config.data, fileNames[name]);
  const logKey = generateLogKey();
  const offlineKey = generateKeyPairSync("ed25519").privateKey;
  const origin = originOf(config, config.logName);
  const list = listNameOf(config);
  const vkey = vkeyOf(origin, logKey);
  writeNewKey(file("logKey"), logKey);
  writeNewKey(file("offlineKey"), offlineKey);
  loadOrCreateMasterKeys(config.evidenceKey);
  writeFileSync(
    file("logList"),
    signNote(formatLogList(list, [{ origin, vkey, from: new Date(clock()).toISOString() }]), signerOf(list, offlineKey)),
  );
  writeIdentity(config, {
    publicOrigin: config.publicOrigin,
    logName: config.logName,
    listVkey: vkeyOf(list, offlineKey),
    adminToken: makeAdminToken(config, clock),
  });
  return openInstance(config);
}

/** The file of the log's key. */
export const logKeyFile = ({ data }: Pick<Config, "data">): string => join(data, fileNames.logKey);

/** The file of the signed list of logs, which `log sign` replaces. */
export const logListFile = ({ data }: Pick<Config, "data">): string => join(data, fileNames.logList);

/** An instance's files beside its stores, by name: what anybody may see, and what nobody may. */
export interface InstanceFiles {
  readonly open: Readonly<Record<string, string>>;
  readonly secret: Readonly<Record<string, string>>;
}

/**
 * The contents of an instance's files, for a backup. The administrator's token is not among them, and the identity no longer knows it: the
 * first start elsewhere makes another. The offline key is there only if it was left where `init` wrote it.
 */
export function readInstanceFiles(config: Config): InstanceFiles {
  const { adminToken: _, ...identity } = readIdentity(config);
  const optional = [fileNames.offlineKey, fileNames.nextLogKey].filter((name) => existsSync(join(config.data, name)));
  return {
    open: {
      [fileNames.identity]: identityText(identity),
      [fileNames.logList]: readFileSync(join(config.data, fileNames.logList), "utf8"),
    },
    secret: {
      [fileNames.logKey]: readFileSync(logKeyFile(config), "utf8"),
      [evidenceKeyName]: readFileSync(config.evidenceKey, "utf8"),
      ...Object.fromEntries(optional.map((name) => [name, readFileSync(join(config.data, name), "utf8")])),
    },
  };
}

/** The file in which `createInstance` and `keepAdminToken` leave the administrator's token. */
export const adminTokenFile = ({ data }: Config): string => join(data, fileNames.adminToken);

/**
 * The administrator's token of an instance, at each call the one that is in force. A new one is made where there is none or it has
 * ended, also while the gateway runs: a process that can write the directory has its keys already.
 */
export function keepAdminToken(
  config: Config,
  instance: Pick<Instance, "adminToken">,
  clock: Clock,
  onMade: (token: AdminToken) => void,
): () => AdminToken {
  let token = instance.adminToken;
  return () => {
    if (token !== undefined && clock() < Date.parse(token.until)) return token;
    token = makeAdminToken(config, clock);
    writeIdentity(config, { ...readIdentity(config), adminToken: token });
    onMade(token);
    return token;
  };
}

function makeAdminToken(config: Config, clock: Clock): AdminToken {
  const id = uuidv7(clock());
  const { secret, hash } = newSecret();
  rmSync(adminTokenFile(config), { force: true });
  writeFileSync(adminTokenFile(config), `${formatToken(id, secret)}\n`, { mode: 0o600, flag: "wx" });
  return { id, hash, until: new Date(clock() + adminTokenDays * dayMs).toISOString() };
}

/** The lines of the list of logs, the newest last. */
export const listedLogs = (data: string, { logs }: Identity): readonly ListedLog[] =>
  logs ?? parseLogList(readFileSync(join(data, fileNames.logList), "utf8"));

/** The origins of the logs that were closed, the newest first; none where the directory holds no identity. */
export function closedLogsIn(data: string): readonly string[] {
  if (!existsSync(join(data, fileNames.identity))) return [];
  const identity = readIdentity({ data });
  const origins = new Set(listedLogs(data, identity).map(({ origin }) => origin));
  return [...origins].filter((origin) => origin !== originOf(identity, identity.logName)).reverse();
}

export const readIdentity = ({ data }: Pick<Config, "data">): Identity =>
  JSON.parse(readFileSync(join(data, fileNames.identity), "utf8")) as Identity;

/** Replaced in one step: half an identity would make the keys next to it useless. */
export function writeIdentity({ data }: Pick<Config, "data">, identity: Identity): void {
  const file = join(data, fileNames.identity);
  writeFileSync(`${file}.new`, identityText(identity), { flush: true });
  renameSync(`${file}.new`, file);
}

const identityText = (identity: Identity): string => `${JSON.stringify(identity, undefined, 2)}\n`;

/** A key is never overwritten: without an identity next to it, only its owner knows whether a log was signed with it. */
function writeNewKey(path: string, key: KeyObject): void {
  if (existsSync(path)) throw new InstanceFault(messages.keyWithoutIdentity(path, fileNames.identity));
  writeFileSync(path, encodeLogKey(key), { mode: 0o600, flag: "wx" });
}

/** Opens what `createInstance` made. An origin is signed into every statement and leaf, so a changed one is refused. */
export function openInstance(config: Config): Instance {
  if (!instanceExists(config)) throw new InstanceFault(messages.noInstance(config.data));
  const identity = readIdentity(config);
  const origin = originOf(config, identity.logName);
  const closedLogs = closedLogsIn(config.data);
  for (const [name, was, is, fits] of [
    ["public origin", identity.publicOrigin, config.publicOrigin, identity.publicOrigin === config.publicOrigin],
    // The name of the first log may stay in the configuration when others have gone on from it.
    [
      "log name",
      identity.logName,
      config.logName,
      identity.logName === config.logName || closedLogs.includes(originOf(config, config.logName)),
    ],
  ] as const) {
    if (!fits) throw new InstanceFault(messages.identityChanged(config.data, name, was, is));
  }
  const logKey = loadLogKey(logKeyFile(config));
  return {
    origin,
    logKey,
    vkey: vkeyOf(origin, logKey),
    logList: readFileSync(join(config.data, fileNames.logList), "utf8"),
    listVkey: identity.listVkey,
    vkeys: [...listedLogs(config.data, identity).flatMap((log) => (log.origin === origin ? log.vkey : [])), vkeyOf(origin, logKey)],
    closedLogs,
    adminToken: identity.adminToken,
  };
}

const hostOf = ({ publicOrigin }: Pick<Config, "publicOrigin">): string => new URL(publicOrigin).host;

/** The origin of a log of this public origin. */
export const originOf = (from: Pick<Config, "publicOrigin">, logName: string): string => `${hostOf(from)}/log/${logName}`;

/** The name under which the list of logs is signed. */
export const listNameOf = (from: Pick<Config, "publicOrigin">): string => `${hostOf(from)}/logs`;
