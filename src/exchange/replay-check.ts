import { Problem } from "../base/problem.ts";
import type { SubsystemId } from "../base/names.ts";
import { keptAfterExpirySeconds, type Statement } from "../trust/statement.ts";

export type ClaimResult = "taken" | "replayed" | "conflict" | "unknown";

/** The memory of statements that were accepted once (protocol §2.3, check 8). */
export interface ReplayCache {
  /**
   * Takes a `jti` of a consumer for ever, as far as its statement lives: of two calls, in whatever process of this public origin, one gets
   * `taken`. The other gets `replayed` for the very same statement, `conflict` for another one. `unknown` if memory that would have known this
   * one may have been lost, or no more can be remembered.
   */
  claim(statement: Statement, now: number): ClaimResult | Promise<ClaimResult>;
  /** Brings back one that the ledger remembers. `untilSeconds` is when it may be forgotten. */
  restore(consumer: SubsystemId, jti: string, hash: Buffer, untilSeconds: number): void;
  /** Statements of this consumer (or of all) with `iat` up to 5 s after `at` are refused as `unknown`. */
  markUncertain(atMs: number, consumer?: SubsystemId): void;
  /** How many are remembered. */
  size(): number;
}

/** Check 8. */
export async function refuseReplay(replays: ReplayCache, statement: Statement, now: number): Promise<void> {
  const claimed = replays.claim(statement, now);
  switch (typeof claimed === "string" ? claimed : await claimed) {
    case "taken":
      return;
    case "replayed":
      throw new Replay(statement, false);
    case "conflict":
      throw new Replay(statement, true);
    case "unknown":
      throw new Problem("replay-unknown", {
        detail: {
          id: "Gerbang baru mulai kembali dan belum dapat memastikan pernyataan ini belum pernah dipakai; buatlah pernyataan baru sebentar lagi.",
          en: "The gateway has just recovered and cannot tell whether this statement was used before; make a new one in a moment.",
        },
        fields: { "Retry-After": String(keptAfterExpirySeconds + 1) },
      });
  }
}

/** A replay: answered, never executed nor appended again. A `conflict` is another statement under a used `jti`, which raises an alarm. */
export class Replay extends Problem {
  readonly conflict: boolean;

  constructor({ claims, hash }: Statement, conflict: boolean) {
    // What has no purpose only reads (check 4), and a reading leaves no leaf to link to.
    const isReading = claims.purpose === undefined;
    super(
      "replayed",
      conflict
        ? {
            detail: {
              id: "jti ini sudah dipakai oleh pernyataan lain; setiap pernyataan memerlukan jti baru.",
              en: "This jti was used by another statement; every statement needs a new jti.",
            },
          }
        : isReading
          ? {
              detail: {
                id: "Pernyataan ini sudah dipakai untuk membaca; ulangi dengan pernyataan baru.",
                en: "This statement has been used to read; repeat it with a new statement.",
              },
            }
          : {
              detail: {
                id: "Pernyataan yang sama sudah dijawab; tanda terimanya ada pada Link.",
                en: "The same statement has been answered; its receipt is behind the Link.",
              },
              fields: { Link: `</receipts?statement=${hash.toString("base64url")}>; rel="https://simpul.id/rel/receipt"` },
            },
    );
    this.conflict = conflict;
  }
}
