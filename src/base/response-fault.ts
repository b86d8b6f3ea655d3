import type { ServiceId } from "./names.ts";
import type { ProblemCode } from "./problem.ts";

/** A provider's wrong answer: which rule it broke and where, without anything of what it said. */
export interface ResponseFault {
  /** RFC 3339. */
  readonly at: string;
  /** The id of the exchange. */
  readonly exchange: string;
  readonly service: ServiceId;
  /** The `operationId`. */
  readonly operation: string;
  readonly code: Extract<ProblemCode, "response-invalid" | "response-unsigned">;
  /** Whether the consumer received the answer all the same, because service or operation only ask to `report` it. */
  readonly delivered: boolean;
  /**
   * Where the content breaks the contract (RFC 6901): names from the contract itself, and `*` for any other; empty if it is something
   * else that is wrong.
   */
  readonly pointers: readonly string[];
}
