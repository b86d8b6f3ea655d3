import { uuidv7 } from "../../base/uuid.ts";
import { type Entry, type Letter, type Opinion, type OpinionType, opinionTypes } from "../../registry/entry.ts";
import { attributionNow, type Action } from "./action.ts";
import { type Context } from "../context.ts";
import { addMonths } from "../calendar.ts";
import { day, letter, nothing, objectSchema, reason, serviceId, textSchema } from "./input-schemas.ts";
import { answerTo } from "../profile/profile.ts";
import { Refusal } from "../refusal.ts";
import { revisionsOf } from "../revisions.ts";
import { judgedOf, requiredOpinions, type RequiredOpinion } from "../opinions/opinions-in-force.ts";

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

/** Verifiers give the opinion of their own field; letters from outside are the registrar's to record, too. */
const verifierOf = { operasi: "operation-verifier", keamanan: "security-verifier", "jaringan-intra": "security-verifier" } as const;

/** Who has to say what on which subject. */
type Asked = Pick<RequiredOpinion, "authorities" | "mode" | "subject">;

/**
 * What the profile asks for of a type. What it does not ask for may still be recorded, by the letter of whoever gave it: an opinion on a service where
 * the SPL as a whole is judged, or any at all where the regulation is silent. Nothing rests on such a one.
 */
function asked(context: Context, type: OpinionType, { service, letter: written, authority }: RecordInput): Asked {
  const required = requiredOpinions(context.profile).find((one) => one.type === type);
  if (required !== undefined && (required.subject === "service") === (service !== undefined)) return required;
  if (written !== undefined && authority !== undefined) {
    const subject = service !== undefined ? "service" : type === "jaringan-intra" ? "network" : "instance";
    return { authorities: [authority], mode: "external", subject };
  }
  if (required?.subject === "service")
    throw broken(
      `Pertimbangan ${type} diminta atas layanan: sebutkan service.`,
      `The opinion on ${type} is asked for on a service: name service.`,
    );
  const { short } = context.profile.regulation;
  throw broken(
    `${short} tidak meminta pertimbangan ${type}${service === undefined ? "" : " atas layanan"}; yang sukarela dicatat dengan letter dan authority.`,
    `${short} asks for no opinion on ${type}${service === undefined ? "" : " of a service"}; a voluntary one is recorded with letter and authority.`,
  );
}

const broken = (id: string, en: string): Refusal => new Refusal("rule-broken", { id, en });

/** One number is one file, and a letter says of a subject once what it says. */
function refuseDuplicate({ registry }: Context, { letter: written, types }: RecordInput, authority: string, subject: string): void {
  if (written === undefined) return;
  for (const { id, state, content } of registry.of("opinion")) {
    if (state === "withdrawn" || content.letter === undefined) continue;
    const sameFile = content.letter.sha256 === written.sha256;
    const sameNumber = content.letter.number === written.number && content.authority === authority;
    if (sameFile !== sameNumber && (sameFile || sameNumber)) {
      throw new Refusal("already-exists", {
        id: `Pada ${id} nomor atau berkas ini tercatat dengan pasangan lain.`,
        en: `In ${id} this number or file is recorded with another one.`,
      });
    }
    if (sameFile && content.subject === subject && content.types.some((type) => types.includes(type))) {
      throw new Refusal("already-exists", { id: `Surat ini sudah dicatat pada ${id}.`, en: `This letter is recorded in ${id}.` });
    }
  }
}

/** Rules of a record, whoever makes it. */
function record(context: Context, input: RecordInput): Opinion {
  const { profile, actor, today } = context;
  const { types, letter: written } = input;
  const all = types.map((type) => asked(context, type, input));
  const { mode, subject: about, authorities } = all[0]!;
  const common = all.reduce<readonly string[]>((left, one) => left.filter((authority) => one.authorities.includes(authority)), authorities);
  if (common.length === 0 || all.some((one) => one.mode !== mode || one.subject !== about))
    throw broken(
      "Satu catatan memuat pertimbangan atas satu hal dan dari satu pihak.",
      "One record carries opinions on one subject from one authority.",
    );
  const authority = input.authority ?? (common.length === 1 ? common[0]! : "");
  if (!common.includes(authority))
    throw broken(`Yang berwenang: ${common.join(", ")} (authority).`, `The authorities are: ${common.join(", ")} (authority).`);
  if (mode === "internal" && !types.every((type) => actor.roles.has(verifierOf[type]))) {
    throw new Refusal("role-missing", {
      id: `Pertimbangan ${types.join(", ")} dicatat oleh verifikatornya.`,
      en: `An opinion on ${types.join(", ")} is recorded by its verifier.`,
    });
  }
  if (mode === "external" && written === undefined)
    throw broken(
      "Pertimbangan dari luar dicatat dengan suratnya (letter).",
      "An opinion from outside is recorded with its letter (letter).",
    );
  if (input.outcome === "ditolak" && input.advice === undefined)
    throw broken("Penolakan disertai saran (advice).", "A refusal comes with advice (advice).");

  const subject = about === "service" ? input.service! : about;
  refuseDuplicate(context, input, authority, subject);
  const from = input.from ?? written?.date ?? today;
  const months = answerTo(profile, "opinions.validityMonths").value;
  const until = input.until ?? (months === null ? undefined : addMonths(from, months));
  if (until !== undefined && until <= from) throw broken("Masa berlaku berakhir sebelum dimulai.", "The validity ends before it begins.");
  refuseExpired(until, today);
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
    ...(until === undefined ? {} : { until }),
    ...(about === "service" ? { judged: judgedNow(context, subject) } : {}),
    recorded: attributionNow(context),
  };
}

function refuseExpired(until: string | undefined, today: string): void {
  if (until !== undefined && until <= today)
    throw broken(`Pertimbangan sudah tidak berlaku sejak ${until}.`, `The opinion has not stood since ${until}.`);
}

/** The newest revision of a service is what is judged; before there is one, what its manifest says. */
function judgedNow({ registry }: Context, service: string): NonNullable<Opinion["judged"]> {
  const proposal = revisionsOf(registry, service).at(-1)?.content.proposal ?? registry.get("service", service)?.content;
  if (proposal === undefined)
    throw new Refusal("not-found", { id: `Layanan ${service} tidak dikenal.`, en: `The service ${service} is not known.` });
  return judgedOf({ service, proposal });
}

type OpinionEntry = Entry<"opinion">;

/** Pertimbangan kelaikan operasi and keamanan, and the intra network's inspection or opinion. */
export const opinionActions: readonly Action<"opinion">[] = [
  {
    name: "opinion.record",
    kind: "opinion",
    from: "new",
    to: ["recorded"],
    guards: [],
    key: "approvals.spl.operasi.authority",
    title: { id: "Mencatat pertimbangan", en: "Record an opinion" },
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
        until: day,
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
    title: { id: "Menegaskan pertimbangan", en: "Confirm an opinion" },
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
    title: { id: "Menarik catatan yang keliru", en: "Withdraw a mistaken record" },
    input: reason,
    transition: (_, entry) => [{ ...entry!, state: "withdrawn" }],
  },
  {
    name: "opinion.revoke",
    kind: "opinion",
    from: ["confirmed"],
    to: ["revoked"],
    guards: [],
    title: { id: "Mencabut pertimbangan", en: "Revoke an opinion" },
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
