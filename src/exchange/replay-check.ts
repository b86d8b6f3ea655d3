import { Problem } from "../base/problem.ts";
import { keptAfterExpirySeconds, type Statement } from "../trust/statement.ts";

export type ClaimResult = "taken" | "replayed" | "conflict" | "unknown";

/**
 * What remembers the statements that were accepted (protocol §2.3, check 8). Claims may be made at the same time. Processes
 * of one public origin share one cache: a statement that one of them took is replayed at every other.
 */
export interface ReplayCache {
  /**
   * Claims the `jti` of a consumer for as long as its statement can be valid at `now` (ms). Of all claims of one `jti`, exactly one gets
   * `taken`; later ones get `replayed` for the same statement and `conflict` for another one. `unknown` if a claim of it may have been
   * forgotten, or if no more can be remembered: then nothing is claimed. A rejected claim may have been made.
   */
  claim(statement: Statement, now: number): ClaimResult | Promise<ClaimResult>;
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
