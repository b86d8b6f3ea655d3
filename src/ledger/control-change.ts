import { formOf } from "../base/forms.ts";
import { countShape, form, having, is, listShape, textShape, type Shape } from "../base/shape.ts";

/**
 * What a control leaf says changed (protocol §4.3): one of seven forms, which differ in their members. A new form is
 * added here, to its shape below and to the page on the protocol.
 */
export type ControlChange = ManifestsApplied | OfficerActed | BackupMade | RecordsDestroyed | LeavesRefused | LogBegun | KeyHandedOver;

/** What all changes of the registry say. Roots are base64url RFC 9162 roots; `by` is `cli:<user>` or an officer's id. */
export interface RegistryChanged {
  readonly registry: { readonly before: string; readonly after: string; readonly version: number };
  readonly policy: { readonly before: string; readonly after: string };
  readonly by: string;
}

/** A command of the operator applied manifests. */
export interface ManifestsApplied extends RegistryChanged {
  readonly added: EntryNames;
  readonly changed: EntryNames;
  readonly retired: EntryNames;
  /** Revisions, grants and keys for officers to decide. */
  readonly proposed?: EntryNames;
  /** `<kid> <subsystem>` of each key among them. */
  readonly keys?: EntryNames;
}

/** An officer acted over the control API. */
export interface OfficerActed extends RegistryChanged {
  /** `subject` is the name of an entry; `from` is absent where the action made it. */
  readonly decision: {
    readonly id: string;
    readonly action: string;
    readonly subject: string;
    readonly from?: string;
    readonly to: string;
  };
  readonly profile: { readonly id: string; readonly version: string; readonly digest: string };
  /** The subject first, the decision last. */
  readonly changed: EntryNames;
  /** Where the subject is a key: whose it is; of a revocation why, and from when on others may have signed with it. */
  readonly registeredKey?: { readonly owner: string; readonly reason?: string; readonly since?: string };
}

/** A backup was made and its copy checked: a version of the registry that changes no entry. */
export interface BackupMade extends RegistryChanged {
  /** The log whose first `size` leaves are in it, and the base64url H of its `backup.json`. */
  readonly backup: { readonly log: string; readonly size: number; readonly manifest: string };
}

/** The records sealed in a bucket were destroyed because their time was over. The wire calls them evidence. */
export interface RecordsDestroyed {
  readonly evidence: {
    readonly destroyed: string;
    readonly leaves: { readonly from: number; readonly to: number };
    /** The closed log beside whose leaves they were; absent for the log of this leaf. */
    readonly log?: string;
  };
  readonly by: string;
}

/** The ledger took no leaves for a while. */
export interface LeavesRefused {
  readonly ledger: { readonly refused: number; readonly from: string; readonly until: string };
  readonly by: string;
}

/** This log goes on from another one, which was closed. The first leaf of a log, or none of its leaves. */
export interface LogBegun {
  readonly log: {
    /** The origin of the log that was closed. */
    readonly previous: string;
    /** Its final checkpoint, a signed note: nothing after it counts. */
    readonly checkpoint: string;
    /** The newest checkpoint of it that anybody showed, where that is newer: the leaves between the two are lost. */
    readonly newest?: string;
    /** A copy was restored, so that what came after it is lost. */
    readonly reason: "restored";
  };
  readonly by: string;
}

/** The log's key handed over to another one, which signs every checkpoint from the one over this leaf on. */
export interface KeyHandedOver {
  readonly key: {
    /** Verifier keys. */
    readonly before: string;
    readonly after: string;
    /** The last checkpoint of the key before, which both signed and which names both (`handover.ts`). Its size is this leaf's index. */
    readonly checkpoint: string;
  };
  readonly by: string;
}

/**
 * Names of entries, `<kind> <id>`; of too many for a leaf their number and the base64url H of the names joined by line
 * feeds.
 */
export type EntryNames = readonly string[] | { readonly count: number; readonly digest: string };

/** Whether the names themselves are there. */
export const isList = (names: EntryNames): names is readonly string[] => Array.isArray(names);

const root = form(formOf("hash"));
const instant = form(formOf("instant"));
const roots = { before: root, after: root };
const names: Shape = (value, at) =>
  Array.isArray(value) ? listShape(textShape)(value, at) : having({ count: countShape, digest: root })(value, at);
const registryChanged = { registry: having({ ...roots, version: countShape }), policy: having(roots), by: textShape };

/** The members of each form. The first that is there whole counts. */
const changeForms: readonly { readonly required: Readonly<Record<string, Shape>>; readonly optional?: Readonly<Record<string, Shape>> }[] =
  [
    {
      required: {
        ...registryChanged,
        decision: having({ id: textShape, action: textShape, subject: textShape, to: textShape }, { from: textShape }),
        profile: having({ id: textShape, version: textShape, digest: textShape }),
        changed: names,
      },
      optional: { registeredKey: having({ owner: textShape }, { reason: textShape, since: instant }) },
    },
    { required: { ...registryChanged, backup: having({ log: textShape, size: countShape, manifest: root }) } },
    {
      required: {
        evidence: having(
          { destroyed: form(/^\d{4}-\d\d\/\d+$/), leaves: having({ from: countShape, to: countShape }) },
          { log: textShape },
        ),
        by: textShape,
      },
    },
    { required: { ledger: having({ refused: countShape, from: instant, until: instant }), by: textShape } },
    {
      required: {
        log: having({ previous: textShape, checkpoint: textShape, reason: is("restored") }, { newest: textShape }),
        by: textShape,
      },
    },
    { required: { key: having({ before: textShape, after: textShape, checkpoint: textShape }), by: textShape } },
    { required: { ...registryChanged, added: names, changed: names, retired: names }, optional: { proposed: names, keys: names } },
  ];

/**
 * Reads the change of a control leaf: the members of the form that it has, without those that are not known.
 * `undefined` if it has none of them whole, as in a leaf of a later version.
 */
export function readControlChange(change: Readonly<Record<string, unknown>> | ControlChange): ControlChange | undefined {
  for (const { required, optional = {} } of changeForms) {
    if (having(required, optional)(change, "") !== undefined) continue;
    const known = Object.entries(change).filter(([name]) => name in required || name in optional);
    return Object.fromEntries(known) as unknown as ControlChange;
  }
  return undefined;
}
