import { sha256 } from "../base/bytes.ts";
import { uuidv7 } from "../base/uuid.ts";
import type { BackupMade, ControlChange, EntryNames, ManifestsApplied, OfficerActed } from "../ledger/control-change.ts";
import type { RegistryCommit, RegistryHead, RegistryNotice, RegistryStore } from "./registry-store.ts";

/** The registry is no longer at the version that the change was made for: plan or judge again. */
export class VersionConflict extends Error {
  override readonly name = "VersionConflict";
}

/** What a change of the registry says besides what every change does. */
type Says<Change extends ControlChange> = Omit<Change, "registry" | "policy" | "by">;

/** A change of the registry, by manifests, an officer or a backup, with what the control leaf says of it. */
export interface ChangeToCommit extends Pick<RegistryCommit, "entries" | "documents" | "roots"> {
  /** `cli:<user>` or an officer's id; what is longer than 200 characters is cut. */
  readonly by: string;
  /** Milliseconds. */
  readonly at: number;
  readonly says: Says<ManifestsApplied> | Says<OfficerActed> | Says<BackupMade>;
}

/** A control leaf has 65,535 bytes, and the change is not all of it. */
const maxChangeBytes = 48_000;

/** As much of an actor's name as the registry and the ledger keep. */
export const actorName = (by: string): string => by.slice(0, 200);

/**
 * Writes a change and the notice of it for the ledger in one transaction. Throws `VersionConflict` if the registry is
 * no longer at `before`; then nothing was written.
 */
export async function commitChange(
  store: Pick<RegistryStore, "commit">,
  before: RegistryHead,
  { by, at, says, ...change }: ChangeToCommit,
): Promise<RegistryNotice> {
  const version = before.version + 1;
  const actor = actorName(by);
  const said: ControlChange = {
    registry: { before: before.roots.registry, after: change.roots.registry, version },
    policy: { before: before.roots.policy, after: change.roots.policy },
    by: actor,
    ...says,
  };
  const notice: RegistryNotice = { id: uuidv7(at), version, at, by: actor, change: encodeChange(said) };
  if (await store.commit(before.version, { ...change, notice })) return notice;
  throw new VersionConflict(`the registry is no longer at version ${before.version}`);
}

/** Lists of names that would not fit into a leaf are said by number and digest. */
function encodeChange(change: ControlChange): string {
  const whole = JSON.stringify(change);
  return Buffer.byteLength(whole) <= maxChangeBytes
    ? whole
    : JSON.stringify(change, (_, value: unknown) => (Array.isArray(value) ? digestOf(value as readonly string[]) : value));
}

const digestOf = (names: readonly string[]): Exclude<EntryNames, readonly string[]> => ({
  count: names.length,
  digest: sha256(Buffer.from(names.join("\n"))).toString("base64url"),
});
