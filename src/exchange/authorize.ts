import { Problem } from "../base/problem.ts";
import type { Grant, Snapshot } from "../registry/snapshot.ts";
import type { Caller } from "./authenticate.ts";
import type { Target } from "./operation.ts";

/** Check 9: a grant of this consumer covers service, operation, purpose and day. The refusal says how near the nearest one came. */
export function authorize(snapshot: Snapshot, { statement }: Caller, { service, operation }: Target, now: number): Grant {
  const { iss, purpose } = statement.claims;
  let nearest: keyof typeof reasons = "service";
  for (const grant of candidates(snapshot.grants.get(iss), service.openGrant)) {
    if (grant.service !== service.id) continue;
    if (grant.purpose !== purpose) nearest = further(nearest, "purpose");
    else if (!grant.operations.has(operation.id)) nearest = further(nearest, "operation");
    else if (now < grant.from || (grant.until !== undefined && now >= grant.until)) nearest = further(nearest, "period");
    else return grant;
  }
  throw new Problem("not-granted", { detail: reasons[nearest] });
}

function* candidates(own: readonly Grant[] | undefined, open: Grant | undefined): Iterable<Grant> {
  if (own !== undefined) yield* own;
  if (open !== undefined) yield open;
}

/** In the order in which a grant is compared. */
const reasons = {
  service: {
    id: "Subsistem Anda tidak memiliki izin akses atas layanan ini; ajukan kepada pemilik layanan.",
    en: "Your subsystem has no grant for this service; ask its owner for one.",
  },
  purpose: {
    id: "Tidak ada izin akses dengan tujuan (purpose) ini atas layanan ini.",
    en: "There is no grant with this purpose for this service.",
  },
  operation: {
    id: "Izin akses dengan tujuan ini tidak mencakup operasi ini.",
    en: "The grant with this purpose does not cover this operation.",
  },
  period: {
    id: "Izin akses ini belum mulai atau sudah berakhir.",
    en: "This grant has not begun or has ended.",
  },
} as const;
const order = Object.keys(reasons);

function further(a: keyof typeof reasons, b: keyof typeof reasons): keyof typeof reasons {
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}
