import type { Text } from "../../base/text.ts";
import { answerTo, type Profile } from "../profile/profile.ts";
import type { RequiredOpinion } from "./opinions-in-force.ts";

const authorities: Readonly<Record<string, Text>> = {
  kominfo: { id: "kementerian yang membidangi komunikasi dan informatika", en: "the ministry in charge of communication and informatics" },
  bssn: { id: "BSSN", en: "BSSN" },
};

/** What the region's regulation calls an opinion: *kelayakan* or *kelaikan*, and an inspection where it asks for one. */
export function opinionName({ type }: Pick<RequiredOpinion, "type">, authority: string, profile: Profile): Text {
  const { dinas, kelaikan } = profile.labels;
  const from = authorities[authority] ?? { id: dinas, en: dinas };
  if (type === "jaringan-intra") {
    return answerTo(profile, "approvals.jaringanIntra.kind").value === "inspection"
      ? { id: `pemeriksaan Jaringan Intra oleh ${from.id}`, en: `the inspection of the intra network by ${from.en}` }
      : { id: `pertimbangan atas Jaringan Intra dari ${from.id}`, en: `the opinion on the intra network from ${from.en}` };
  }
  return {
    id: `pertimbangan ${kelaikan} ${type} dari ${from.id}`,
    en: `the opinion on fitness for ${type === "operasi" ? "operation" : "security"} from ${from.en}`,
  };
}

/** A sentence may begin with it. */
export const capital = ({ id, en }: Text): Text => ({ id: id[0]!.toUpperCase() + id.slice(1), en: en[0]!.toUpperCase() + en.slice(1) });
