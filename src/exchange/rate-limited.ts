import { Problem } from "../base/problem.ts";
import type { Rate } from "../base/rate.ts";
import type { Text } from "../base/text.ts";

/** What is limited for each subsystem, whatever its grants say (protocol §2.3 and §5). */
export type SubsystemLimit = "statements" | "readings" | "replay-share" | "in-flight";

/** 429 with the fields of draft-ietf-httpapi-ratelimit-headers-10. `policies`: `"rate";q=20;w=2`, of every limit that holds beside. */
export function limitReached(
  code: "rate-limited" | "quota-exceeded",
  limit: string,
  retryAfterSeconds: number,
  policies: string,
  detail: Text,
): Problem {
  return new Problem(code, {
    detail,
    fields: {
      "Retry-After": String(retryAfterSeconds),
      RateLimit: `"${limit}";r=0;t=${retryAfterSeconds}`,
      "RateLimit-Policy": policies,
    },
  });
}

export const policyOf = (limit: string, { perSecond, burst }: Rate): string =>
  `"${limit}";q=${burst};w=${Math.max(1, Math.ceil(burst / perSecond))}`;
