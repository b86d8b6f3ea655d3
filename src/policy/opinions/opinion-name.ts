import type { Text } from "../../base/text.ts";
import { answerTo, type Profile } from "../profile/profile.ts";
import type { RequiredOpinion } from "./opinions-in-force.ts";
import { messages } from "./messages.ts";

const authorities: Readonly<Record<string, Text>> = messages.authorities;

/** An opinion in the regulation's own words: *kelayakan* or *kelaikan*, and an inspection where it requires one. */
export function opinionName({ type }: Pick<RequiredOpinion, "type">, authority: string, profile: Profile): Text {
  const { dinas, kelaikan } = profile.labels;
  const from = authorities[authority] ?? { id: dinas, en: dinas };
  if (type === "jaringan-intra") {
    return answerTo(profile, "approvals.jaringanIntra.kind").value === "inspection"
      ? messages.networkInspection(from)
      : messages.networkOpinion(from);
  }
  return messages.fitnessOpinion(kelaikan, type, from);
}

/** The same text as the beginning of a sentence. */
export const capital = ({ id, en }: Text): Text => ({ id: id[0]!.toUpperCase() + id.slice(1), en: en[0]!.toUpperCase() + en.slice(1) });
