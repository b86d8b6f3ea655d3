import type { Explanation } from "../base/explanation.ts";

/**
 * The evidence bundle: all that proves one exchange to a stranger, in one JSON document (docs/evidence.md). It is RFC
 * 8785 JSON with one line feed at the end, and nothing else is a bundle, so that the seal covers each byte. Leaves,
 * entries and documents are texts whose UTF-8 was hashed; hashes, proofs (32·k bytes) and keys are base64url; JWS are
 * as they were sent.
 */
export interface Bundle {
  readonly v: 1;
  readonly type: "spl-evidence";
  /** The exchange's id. */
  readonly exchange: string;
  /** The log's origin. */
  readonly log: string;
  /** The signed note to whose root all inclusion proofs of leaves lead. */
  readonly checkpoint: string;
  /** The intent, if there is one, then the outcome or refusal. */
  readonly leaves: readonly ProvedLeaf[];
  /**
   * The JWS of the consumer and of the provider; absent if it was not signed, was destroyed, or may not be seen by the
   * reader. A consumer gets the provider's only if all that it covers was delivered: its digest would otherwise help to
   * guess what was withheld.
   */
  readonly statement?: string;
  readonly response?: string;
  /** The keys of the commitments in the last leaf; absent if they were destroyed or may not be seen by the reader. */
  readonly open: { readonly request?: string; readonly delivered?: string; readonly provider?: string };
  /**
   * The entries of the registry, and the policies, by which the exchange was decided, proved under the roots in the
   * leaf's `basis`. An aggregate of refusals has no basis: both roots are the empty tree's, and its bundle has only
   * leaf, seal and trace.
   */
  readonly registry: EntryProofs;
  readonly policy: EntryProofs;
  /** The documents that the entries name, by base64url SHA-256 of their UTF-8. */
  readonly documents: Readonly<Record<string, string>>;
  /** The control leaves that registered the keys of consumer and provider. A key that was registered under another log has none. */
  readonly registrations: readonly (ProvedLeaf & { readonly kid: string })[];
  /** The gateway's own explanation of what it did: sealed, not proved. */
  readonly trace: Explanation;
  /** Reserved for what witnesses, time-stamping authorities and certificate authorities will add; not written yet. */
  readonly cosignatures?: readonly string[];
  readonly timestamps?: readonly string[];
  readonly certificates?: readonly string[];
  /** A note signed by the log's key over `sealedText`. */
  readonly seal: string;
}

/** A leaf of the log with its RFC 9162 inclusion proof to the checkpoint. */
export interface ProvedLeaf {
  readonly index: number;
  readonly leaf: string;
  readonly proof: string;
}

/**
 * Entries of an RFC 9162 tree with proofs to its root. A leaf of that tree is salt ‖ entry; `entry` is RFC 8785 JSON of
 * `{content, id, kind, state}`.
 */
export interface EntryProofs {
  readonly root: string;
  readonly size: number;
  readonly entries: readonly { readonly index: number; readonly salt: string; readonly entry: string; readonly proof: string }[];
}
