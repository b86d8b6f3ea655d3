/**
 * What proves an exchange together with its leaf. It is kept encrypted, as long as the class of its data says, and
 * never in the log (protocol §4).
 */
export interface SealedRecord {
  /** k_request ‖ k_delivered, and k_provider where the leaf has `response.provider`. */
  readonly keys?: Buffer;
  /**
   * The consumer's statement as sent, a compact JWS. It is with the intent if there is one, else with the outcome or
   * refusal.
   */
  readonly statement?: string;
  /** The provider's `Spl-Signature` as sent. It is with the outcome. */
  readonly response?: string;
}

/** A sealed record and its retention. */
export interface RetainedRecord extends SealedRecord {
  /** For at least how many months it is kept after the month of the leaf. */
  readonly months: number;
}

/** The longest statement or response of a record, in octets. A field of a request or answer is never as long. */
export const maxRecordPartBytes = 65_535;
