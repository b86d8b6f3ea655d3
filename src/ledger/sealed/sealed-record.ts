/** What convinces a stranger of an exchange, beside its leaf: kept encrypted as long as the class of its data says, and never in the log (protocol §4). */
export interface SealedRecord {
  /** k_request ‖ k_delivered, and k_provider where the leaf has `response.provider`. */
  readonly keys?: Buffer;
  /** The consumer's statement as sent, a compact JWS: with the intent if there is one, else with the outcome or refusal. */
  readonly statement?: string;
  /** The provider's `Spl-Signature` as sent: with the outcome. */
  readonly response?: string;
}

/** Evidence beside a leaf. */
export interface RetainedRecord extends SealedRecord {
  /** For how many months at least it is kept after the month of the leaf. */
  readonly months: number;
}

/** The longest part of an evidence, in octets; a field of a request or answer is never as long. */
export const maxRecordPartBytes = 65_535;
