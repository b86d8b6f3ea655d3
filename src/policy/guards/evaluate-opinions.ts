import type { Entry } from "../../registry/entry.ts";
import type { Context } from "../context.ts";
import { met, unmet, type GuardFinding } from "./guard.ts";
import { answerTo } from "../profile/profile.ts";
import { opinionsFor, type RequiredOpinion } from "../opinions/opinions-in-force.ts";

/** Whether every opinion asked for stands; names those that are missing, who has to obtain them and from whom. */
export function evaluateOpinions(context: Context, required: readonly RequiredOpinion[], revision?: Entry<"revision">): GuardFinding {
  const { registry, profile, today } = context;
  const grounds = required.flatMap((one) => opinionsFor(registry, one, today, revision?.content).map((ground) => ({ ...one, ...ground })));
  const absent = grounds.filter(({ opinion }) => opinion === undefined);
  const [first] = absent;
  if (first === undefined) {
    const letters = grounds
      .map(({ type, authority, opinion }) => `${type} (${authority}, ${opinion!.content.letter?.number ?? opinion!.id})`)
      .join(", ");
    return met(`Pertimbangan berlaku: ${letters}.`, `Opinions stand: ${letters}.`, grounds[0]?.key);
  }
  const names = (language: "id" | "en"): string =>
    absent
      .map(({ type, authority, lapsed }) => `${type} (${authority}${lapsed === undefined ? "" : `, ${lapse(lapsed)[language]}`})`)
      .join(", ");
  const duty = answerTo(profile, "approvals.spl.obtainedBy");
  const whose = (language: "id" | "en"): string => (duty.value === null || first.subject === "network" ? "" : ` ${duty[language]}`);
  return unmet(
    {
      id: `Pertimbangan belum ada atau tidak berlaku lagi: ${names("id")}.`,
      en: `Opinions are missing or no longer stand: ${names("en")}.`,
    },
    first.mode === "internal"
      ? {
          id: `Verifikator mencatat pertimbangannya (opinion record), orang kedua menegaskannya (opinion confirm).${whose("id")}`,
          en: `The verifier records the opinion (opinion record), a second person confirms it (opinion confirm).${whose("en")}`,
        }
      : {
          id: `Mintalah surat dari ${first.authority}, lalu catat nomor, tanggal dan SHA-256 berkasnya (opinion record).${whose("id")}`,
          en: `Ask ${first.authority} for its letter, then record number, date and the file's SHA-256 (opinion record).${whose("en")}`,
        },
    first.key,
  );
}

const lapse = ({ content: { revoked, until } }: Entry<"opinion">): { id: string; en: string } =>
  revoked === undefined
    ? { id: `habis ${until!}`, en: `ran out on ${until!}` }
    : { id: `dicabut ${revoked.at.slice(0, 10)}`, en: `revoked on ${revoked.at.slice(0, 10)}` };
