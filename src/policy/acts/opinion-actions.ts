import type { Text } from "../../base/text.ts";
import { uuidv7 } from "../../base/uuid.ts";
import { type Entry, type Letter, type Opinion, type OpinionType, opinionTypes } from "../../registry/entry.ts";
import { attributionNow, type ActionRow } from "./action.ts";
import type { Context } from "../context.ts";
import { addDays, addMonths } from "../calendar.ts";
import { day, lastDay, letter, nothing, objectSchema, reason, serviceId, textSchema } from "./input-schemas.ts";
import { answerTo } from "../profile/profile.ts";
import { Refusal } from "../refusal.ts";
import { revisionsOf } from "../revisions.ts";
import { judgedOf, requiredOpinions, type RequiredOpinion } from "../opinions/opinions-in-force.ts";
import { messages } from "./messages.ts";

interface RecordInput {
  readonly types: readonly OpinionType[];
  readonly authority?: string;
  readonly service?: string;
  readonly letter?: Letter;
  readonly outcome: "diberikan" | "ditolak";
  readonly advice?: string;
  readonly conditions?: readonly string[];
  readonly from?: string;
  readonly until?: string;
}

/** A verifier records opinions of its own field. The registrar, too, may record letters from outside. */
const verifierOf = { operasi: "operation-verifier", keamanan: "security-verifier", "jaringan-intra": "security-verifier" } as const;

/** Whose opinion is required, how it is given and on which subject. */
type Asked = Pick<RequiredOpinion, "authorities" | "mode" | "subject">;

/**
 * What the profile requires of a type of opinion. An opinion that it does not require may be recorded with the letter of its
 * author: one on a service where the regulation asks about the SPL as a whole, or any where the regulation is silent. Production
 * never depends on such a one.
 */
function asked(context: Context, type: OpinionType, { service, letter: written, authority }: RecordInput): Asked {
  const required = requiredOpinions(context.profile).find((one) => one.type === type);
  if (required !== undefined && (required.subject === "service") === (service !== undefined)) return required;
  if (written !== undefined && authority !== undefined) {
    const subject = service !== undefined ? "service" : type === "jaringan-intra" ? "network" : "instance";
    return { authorities: [authority], mode: "external", subject };
  }
  if (required?.subject === "service") throw broken(messages.nameService(type));
  const { short } = context.profile.regulation;
  throw broken(messages.opinionNotRequired(short, type, service !== undefined));
}

const broken = (detail: Text): Refusal => new Refusal("rule-broken", detail);

/** One letter number is one file, and a letter is recorded once for a subject and a type. */
function refuseDuplicate({ registry }: Context, { letter: written, types }: RecordInput, authority: string, subject: string): void {
  if (written === undefined) return;
  for (const { id, state, content } of registry.of("opinion")) {
    if (state === "withdrawn" || content.letter === undefined) continue;
    const sameFile = content.letter.sha256 === written.sha256;
    const sameNumber = content.letter.number === written.number && content.authority === authority;
    if (sameFile && !sameNumber)
      throw new Refusal("already-exists", messages.sameFileOtherNumber(id, content.letter.number, content.authority));
    if (sameNumber && !sameFile)
      throw new Refusal("already-exists", messages.sameNumberOtherFile(id, written.number, content.letter.sha256));
    if (sameFile && content.subject === subject && content.types.some((type) => types.includes(type))) {
      throw new Refusal("already-exists", messages.letterRecorded(id));
    }
  }
}

/** The opinion that an officer records. The rules are the same for verifiers and registrars. */
function record(context: Context, input: RecordInput): Opinion {
  const { profile, actor, today } = context;
  const { types, letter: written } = input;
  const all = types.map((type) => asked(context, type, input));
  const { mode, subject: about, authorities } = all[0]!;
  const common = all.reduce<readonly string[]>((left, one) => left.filter((authority) => one.authorities.includes(authority)), authorities);
  if (common.length === 0 || all.some((one) => one.mode !== mode || one.subject !== about)) throw broken(messages.oneSubjectOneAuthority);
  const authority = input.authority ?? (common.length === 1 ? common[0]! : "");
  if (!common.includes(authority)) throw broken(messages.authoritiesAre(common.join(", ")));
  if (mode === "internal" && !types.every((type) => actor.roles.has(verifierOf[type]))) {
    throw new Refusal("role-missing", messages.recordedByVerifier(types.join(", ")));
  }
  if (mode === "external" && written === undefined) throw broken(messages.externalNeedsLetter);
  if (input.outcome === "ditolak" && input.advice === undefined) throw broken(messages.refusalNeedsAdvice);

  const subject = about === "service" ? input.service! : about;
  refuseDuplicate(context, input, authority, subject);
  const from = input.from ?? written?.date ?? today;
  const months = answerTo(profile, "opinions.validityMonths").value;
  const valid = months === null ? undefined : addMonths(from, months);
  const ends = input.until === undefined ? valid : addDays(input.until, 1);
  if (ends !== undefined && ends <= from) throw broken(messages.validityEndsBeforeBegin);
  refuseExpired(ends, today);
  const { advice, conditions, outcome } = input;
  return {
    types,
    subject,
    authority,
    mode,
    ...(written === undefined ? {} : { letter: written }),
    outcome,
    ...(advice === undefined ? {} : { advice }),
    ...(conditions === undefined ? {} : { conditions }),
    from,
    ...(ends === undefined ? {} : { until: ends }),
    ...(about === "service" ? { judged: judgedNow(context, subject) } : {}),
    recorded: attributionNow(context),
  };
}

function refuseExpired(until: string | undefined, today: string): void {
  if (until !== undefined && until <= today) throw broken(messages.opinionExpired(until));
}

/** An opinion on a service is about its newest revision, or about its manifest while it has no revision. */
function judgedNow({ registry }: Context, service: string): NonNullable<Opinion["judged"]> {
  const proposal = revisionsOf(registry, service).at(-1)?.content.proposal ?? registry.get("service", service)?.content;
  if (proposal === undefined) throw new Refusal("not-found", messages.serviceUnknown(service));
  return judgedOf({ service, proposal });
}

type OpinionEntry = Entry<"opinion">;

/** Pertimbangan kelaikan operasi and kelaikan keamanan, and the inspection of, or opinion on, the intra network. */
export const opinionActions: readonly ActionRow<"opinion">[] = [
  {
    name: "opinion.record",
    kind: "opinion",
    from: "new",
    to: ["recorded"],
    guards: [],
    key: "approvals.spl.operasi.authority",
    input: objectSchema(
      {
        types: { type: "array", items: { enum: opinionTypes }, minItems: 1, uniqueItems: true },
        authority: { enum: ["dinas", "kominfo", "bssn"] },
        service: serviceId,
        letter,
        outcome: { enum: ["diberikan", "ditolak"] },
        advice: textSchema,
        conditions: { type: "array", items: textSchema, maxItems: 50 },
        from: day,
        until: lastDay,
      },
      ["types", "outcome"],
    ),
    transition: (context, _, input) => [
      { kind: "opinion", id: uuidv7(context.now), state: "recorded", content: record(context, input as unknown as RecordInput) },
    ],
  },
  {
    name: "opinion.confirm",
    kind: "opinion",
    from: ["recorded"],
    to: ["confirmed", "refused"],
    guards: [],
    key: "opinions.fourEyes",
    input: nothing,
    decidesOn: ({ content }) => [content.recorded],
    transition(context, entry) {
      const { content } = entry!;
      refuseExpired(content.until, context.today);
      const confirmed: OpinionEntry = {
        ...entry!,
        state: content.outcome === "diberikan" ? "confirmed" : "refused",
        content: { ...content, confirmed: attributionNow(context) },
      };
      return [confirmed];
    },
  },
  {
    name: "opinion.withdraw",
    kind: "opinion",
    from: ["recorded"],
    to: ["withdrawn"],
    guards: [],
    input: reason,
    transition: (_, entry) => [{ ...entry!, state: "withdrawn" }],
  },
  {
    name: "opinion.revoke",
    kind: "opinion",
    from: ["confirmed"],
    to: ["revoked"],
    guards: [],
    input: reason,
    transition: (context, entry, input) => [
      {
        ...entry!,
        state: "revoked",
        content: { ...entry!.content, revoked: { ...attributionNow(context), reason: input["reason"] as string } },
      },
    ],
  },
];
