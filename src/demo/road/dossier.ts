import { answerTo, type Profile } from "../../policy/profile/profile.ts";
import type { Dossier } from "../../registry/entry.ts";
import type { Letters } from "./letters.ts";

/** The dossier that an agency submits to the Dinas under this profile, with synthetic letters. `code` is the member's. */
export function dossierFor(profile: Profile, letters: Letters, code: string): Dossier {
  const builders = answerTo(profile, "builders").value;
  const builder = builders?.find((word) => word === "dinas") ?? builders?.[0];
  const words = [
    ...(answerTo(profile, "dossier.documents").value ?? []),
    ...(answerTo(profile, "application.needsAnalysis").value === true ? ["analisis-kebutuhan", "analisis-manfaat"] : []),
  ];
  return {
    application: "khusus",
    hosting: { place: "daerah" },
    ...(builder === undefined ? {} : { builder }),
    ...(words.length === 0 ? {} : { documents: Object.fromEntries(words.map((word) => [word, letters(`${word}-${code}`)])) }),
    ...(answerTo(profile, "khusus.coordination").value === "dinas" ? { coordination: letters(`koordinasi-${code}`) } : {}),
    ...(answerTo(profile, "application.route").value === "minister-opinion"
      ? { ministerOpinion: letters(`pertimbangan-menteri-${code}`) }
      : {}),
    ...(answerTo(profile, "repository.handover").value === true ? { handover: letters(`serah-terima-${code}`) } : {}),
  };
}
