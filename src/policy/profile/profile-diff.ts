import { canonicalJson } from "../../base/canonical-json.ts";
import type { ProfileAnswer, Profile } from "./profile.ts";

/** One key to which two profiles answer differently. */
export interface Difference {
  readonly key: string;
  readonly a: ProfileAnswer;
  readonly b: ProfileAnswer;
}

/**
 * The keys whose values differ between two profiles over the same base, also where one is silent. The same value under another
 * pasal is no difference.
 */
export function differences(a: Profile, b: Profile): readonly Difference[] {
  return [...a.answers].flatMap(([key, answer]) => {
    const other = b.answers.get(key);
    return other === undefined || canonicalJson(answer.value) === canonicalJson(other.value) ? [] : [{ key, a: answer, b: other }];
  });
}
