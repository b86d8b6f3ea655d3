import type { Explanation } from "../base/explanation.ts";

/**
 * Everything that convinces a stranger of one exchange, in one JSON document (docs/evidence.md). It is written as RFC 8785 has it, with one line feed
 * at the end, and nothing else is a bundle: each byte is under the seal. Leaves, entries and documents are text whose UTF-8 is what was hashed; hashes,
 * proofs (32·k bytes) and keys are base64url; JWS are as they were sent.
 */
export interface Bundle {
  readonly v: 1;
  readonly type: "spl-evidence";
  /** The exchange's id. */
  readonly exchange: string;
  /** The log's origin. */
  readonly log: string;
  /** The signed note to which all inclusion proofs of leaves lead. */
  readonly checkpoint: string;
  /** The intent, if there is one, then what it came to. */
  readonly leaves: readonly ProvedLeaf[];
  /**
   * What the consumer signed, and what the provider signed; absent where nothing was signed, or once it was destroyed. A consumer has the provider's only where
   * exactly what it signed was delivered: the digest in it would tell what was withheld.
   */
  readonly statement?: string;
  readonly response?: string;
  /** Keys that open the commitments in the last leaf; absent once they were destroyed, or where the reader may not have them. */
  readonly open: { readonly request?: string; readonly delivered?: string; readonly provider?: string };
  /**
   * Of the registry and of the policies that were in force, what the exchange was judged by; the roots are those of the leaf's `basis`. Gathered refusals have
   * none: theirs are the empty tree's, and nothing else but leaf, seal and trace is in their bundle.
   */
  readonly registry: EntryProofs;
  readonly policy: EntryProofs;
  /** Documents that the entries name, by base64url SHA-256 of their UTF-8. */
  readonly documents: Readonly<Record<string, string>>;
  /** The control leaves by which the keys of consumer and provider came into the registry; a key that came under another log has none. */
  readonly registrations: readonly (ProvedLeaf & { readonly kid: string })[];
  /** Why the gateway did what it did, in its own words: sealed, not proved. */
  readonly trace: Explanation;
  /** Room for what witnesses, time-stamping authorities and certificate authorities will add; not written yet. */
  readonly cosignatures?: readonly string[];
  readonly timestamps?: readonly string[];
  readonly certificates?: readonly string[];
  /**
   * A note signed by the log's key whose text is `simpul.id/evidence/v1`, the log's origin and the base64 SHA-256 of this document without `seal` and
   * without the final line feed, a line each.
   */
  readonly seal: string;
}

/** A leaf of the log with its RFC 9162 inclusion proof to the checkpoint. */
export interface ProvedLeaf {
  readonly index: number;
  readonly leaf: string;
  readonly proof: string;
}

/** Single entries of an RFC 9162 tree with proofs to its root. Its leaf is salt ‖ entry; `entry` is RFC 8785 JSON of `{content, id, kind, state}`. */
export interface EntryProofs {
  readonly root: string;
  readonly size: number;
  readonly entries: readonly { readonly index: number; readonly salt: string; readonly entry: string; readonly proof: string }[];
}
