import { addDays } from "../calendar.ts";
import { guardOf, met, notRequired, unmet, type Guard } from "./guard.ts";
import { hasProofOfDuty, splpDocuments } from "./instance-guards.ts";
import { inProduction } from "../instance-of.ts";
import { answerTo, type Profile } from "../profile/profile.ts";

/** Guards that a transition rule may lift, by its scope. */
const liftable: Readonly<Record<string, readonly string[]>> = {
  "similar-to-umum": ["umum-khusus"],
  "existing-systems": ["umum-khusus", "application-route", "builder", "hosting", "host-name", "dossier", "handover"],
};

const liftedBy = (profile: Profile): readonly string[] => liftable[answerTo(profile, "transition.scope").value ?? ""] ?? [];

/** The conditions on what officers lay down beside a road: evidence, exemptions, the standing of a member. */
export const proofOfDutyGuards = {
  "evidence-spare": guardOf("evidence")(
    (context, { id, content }) => {
      if (content.type !== "splp" || answerTo(context.profile, "splp.required").value !== true)
        return notRequired(context, "splp.required");
      const rest = hasProofOfDuty(context.registry, "splp", id);
      if (!inProduction(context.registry) || splpDocuments.every((word) => rest.has(word)))
        return met("Produksi tidak bertumpu pada bukti ini saja.", "Production does not rest on this evidence alone.");
      return unmet(
        { id: "Produksi bertumpu pada bukti ini.", en: "Production rests on this evidence." },
        {
          id: "Tegaskan bukti penggantinya dahulu, atau kembalikan instansi ke persiapan (instance withdraw).",
          en: "Confirm its replacement first, or take the instance back to preparation (instance withdraw).",
        },
      );
    },
    "Bukti yang menopang produksi",
    "Evidence under production",
    "splp.required",
  ),

  transition: guardOf("exemption")(
    ({ profile, today }, { content }) => {
      const { value, id, en } = answerTo(profile, "transition.until");
      const comply = { id: "Penuhi syaratnya.", en: "Meet the condition itself." };
      if (value === null) return unmet({ id, en }, comply);
      // The last day still counts, and `until` is the day after.
      if (value !== "until-umum" && content.until > addDays(value, 1))
        return unmet({ id: `Masa peralihan berakhir ${value}.`, en: `The transition ended on ${value}.` }, comply);
      if (content.until <= today)
        return unmet(
          { id: `Pembebasan sudah lewat sejak ${content.until}.`, en: `The exemption has passed since ${content.until}.` },
          comply,
        );
      const lifted = liftedBy(profile);
      if (!lifted.includes(content.guard))
        return unmet(
          { id: `Masa peralihan ini tidak membebaskan dari ${content.guard}.`, en: `This transition does not lift ${content.guard}.` },
          { id: `Yang dibebaskan: ${lifted.join(", ")}.`, en: `It lifts: ${lifted.join(", ")}.` },
          "transition.scope",
        );
      return met(`Bebas dari ${content.guard} sampai ${content.until}.`, `Free of ${content.guard} until ${content.until}.`);
    },
    "Ketentuan peralihan",
    "Transition rule",
    "transition.until",
    "transition.scope",
  ),

  "mandiri-tik": guardOf("member")(
    ({ profile }, { content }) => {
      const known = answerTo(profile, "mandiriTik.recognised");
      if (known.value !== true) return unmet({ id: known.id, en: known.en }, { id: "Dinas yang membangun.", en: "The Dinas builds." });
      const { decree, criteria = {} } = content.mandiriTik ?? {};
      const absent = (answerTo(profile, "mandiriTik.criteria").value ?? []).filter((word) => criteria[word] === undefined);
      if (decree === undefined || absent.length > 0)
        return unmet(
          { id: `Kriteria belum ditunjukkan: ${absent.join(", ")}.`, en: `Criteria are not shown: ${absent.join(", ")}.` },
          { id: "Sertakan suratnya (criteria).", en: "Name its letter (criteria)." },
          "mandiriTik.criteria",
        );
      const [assessor, head] = [
        answerTo(profile, "mandiriTik.assessedBy").value ?? "-",
        answerTo(profile, "mandiriTik.decreedBy").value ?? "-",
      ];
      return met(
        `Dinilai ${assessor}, ditetapkan ${head}: ${decree.number}.`,
        `Assessed by ${assessor}, decreed by ${head}: ${decree.number}.`,
        "mandiriTik.decreedBy",
      );
    },
    "PD Mandiri TIK",
    "PD Mandiri TIK",
    "mandiriTik.recognised",
    "mandiriTik.criteria",
    "mandiriTik.decreedBy",
  ),
} as const satisfies Record<string, Guard<"evidence"> | Guard<"exemption"> | Guard<"member">>;
