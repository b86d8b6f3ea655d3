import type { KeyObject } from "node:crypto";
import type { SealedRecord } from "../ledger/sealed/sealed-record.ts";
import type { ExchangeLeaf, RefusalsLeaf } from "../ledger/leaf.ts";
import { readLeaf } from "../ledger/read-leaf.ts";
import type { Ledger, StoredLeaf } from "../ledger/ledger.ts";
import { emptyRoot } from "../ledger/merkle.ts";
import { signerOf, signNote } from "../ledger/note.ts";
import type { RegistryStore } from "../registry/registry-store.ts";
import { readJws } from "../trust/jws.ts";
import type { Bundle, EntryProofs } from "../verify/bundle.ts";
import { basisProver, type BasisSources } from "./prove-basis.ts";
import { discloseTo, type BundleReader } from "./disclose.ts";
import { messages } from "./messages.ts";
import { leafAt, proveTogether } from "./prove-together.ts";
import { sealedText } from "../verify/seal.ts";

/** What bundles are made from. */
export interface BundleSources extends BasisSources {
  readonly registry: Pick<RegistryStore, "document" | "registration">;
  /** The private key that seals a bundle of this log with this checkpoint: the one that signed it, if it is still there. */
  readonly logKeyFor: (origin: string, checkpoint: string) => KeyObject;
}

/** The log that has the exchange. */
type RecordedIn = Pick<Ledger, "origin" | "findExchange" | "sealedRecord" | "prove" | "tile">;

/**
 * Makes the bundle of an exchange for one reader from its outcome or refusal leaf (protocol §5, docs/evidence.md);
 * `undefined` for any other leaf. What was destroyed is left out. Rejects with `RegistryUnusable` if the registry never
 * had the roots in the leaf's `basis`.
 */
export type Assemble = (log: RecordedIn, stored: StoredLeaf, reader: BundleReader) => Promise<Bundle | undefined>;

export function assembleFrom(sources: BundleSources): Assemble {
  const { registry, logKeyFor } = sources;
  const proveBasis = basisProver(sources);

  const ofExchange = async (log: RecordedIn, stored: StoredLeaf, leaf: ExchangeLeaf, reader: BundleReader): Promise<Parts> => {
    const intents = leaf.intent?.log === log.origin ? [await leafAt(log, leaf.intent.index)] : [];
    const record = await sealedRecordOf(log, [...intents, stored]);
    const kids = [...new Set([leaf.request.kid, ...kidsIn(record)])];
    const registrations = await registrationsOf(log, kids);
    const { checkpoint, proved } = await proveTogether(log, [...intents, stored, ...registrations]);
    const leaves = proved.slice(0, intents.length + 1);
    const controls = proved.slice(leaves.length).map((control, at) => ({ kid: registrations[at]!.kid, ...control }));
    return { checkpoint, leaves, registrations: controls, ...discloseTo(reader, leaf, record), ...(await proveBasis(leaf, kids)) };
  };

  /** An aggregate of refusals has neither statement nor basis: its bundle proves that they happened, and how many. */
  const ofAggregate = async (log: RecordedIn, stored: StoredLeaf, { id, consumer, since, counts }: RefusalsLeaf): Promise<Parts> => {
    const { checkpoint, proved } = await proveTogether(log, [stored]);
    const shown = Object.entries(counts)
      .map(([code, count]) => `${code} × ${count}`)
      .join(", ");
    return {
      checkpoint,
      leaves: proved,
      open: {},
      registry: nothing,
      policy: nothing,
      documents: {},
      registrations: [],
      trace: { kind: "exchange", id, summary: messages.aggregate(consumer, since, shown), steps: [], missing: [] },
    };
  };

  /** The records of the intent and of its outcome as one; where both have a part, the outcome's counts. */
  const sealedRecordOf = async (log: RecordedIn, leaves: readonly StoredLeaf[]): Promise<SealedRecord> =>
    Object.assign({}, ...(await Promise.all(leaves.map(({ index }) => log.sealedRecord(index))))) as SealedRecord;

  /** The control leaves that registered the keys, as far as this log has them. */
  const registrationsOf = async (log: RecordedIn, kids: readonly string[]): Promise<readonly (StoredLeaf & { readonly kid: string })[]> => {
    const found = kids.map(async (kid) => {
      const notice = await registry.registration({ kind: "key", id: kid });
      const control = notice === undefined ? undefined : await log.findExchange(notice.id);
      return control === undefined ? [] : [{ kid, ...control }];
    });
    return (await Promise.all(found)).flat();
  };

  return async (log, stored, reader) => {
    const leaf = readLeaf(stored.leaf);
    if (leaf === undefined || leaf.type === "control" || leaf.type === "intent") return undefined;
    const parts = await ("counts" in leaf ? ofAggregate(log, stored, leaf) : ofExchange(log, stored, leaf, reader));
    const bundle = { v: 1, type: "spl-evidence", exchange: leaf.id, log: log.origin, ...parts } as const;
    return { ...bundle, seal: signNote(sealedText(bundle), signerOf(log.origin, logKeyFor(log.origin, bundle.checkpoint))) };
  };
}

type Parts = Omit<Bundle, "v" | "type" | "exchange" | "log" | "seal">;

const nothing: EntryProofs = { root: emptyRoot.toString("base64url"), size: 0, entries: [] };

/** The key id of the provider's signature, if it signed. */
function kidsIn({ response }: SealedRecord): readonly string[] {
  const jws = response === undefined ? undefined : readJws(response);
  return typeof jws === "object" ? [jws.kid] : [];
}
