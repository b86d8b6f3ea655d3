import { prefixed, type Text } from "../base/text.ts";
import type { ContractDocument } from "../contract/document.ts";
import { findFormat } from "../contract/formats/formats.ts";
import { messages } from "./messages.ts";

const { asks } = messages;

/** What must be known before a manifest can be written. */
export interface Question {
  readonly asks: Text;
  /** The answer where none is given; `""` where the answer may be left out. */
  readonly preset?: string;
  /** The answers there are, where they are few. */
  readonly words?: readonly string[];
  /** What is wrong with an answer, if anything. */
  readonly wrong: (answer: string) => Text | undefined;
  /** Asked only if this part of the tree does not exist yet. */
  readonly when?: "new-member" | "new-subsystem" | "no-upstream";
}

/** Questions by name, in the order in which they are asked; each is an option of `simpul new`, too. */
export type Questions = Readonly<Record<string, Question>>;

export type AnswersTo<Asked extends Questions> = Readonly<Record<keyof Asked & string, string>>;

/** Gives a typed line, `""` for the preset. It is called again until the answer can be used. */
export type Ask = (question: Text, preset: string | undefined, wrong: Text | undefined) => Promise<string>;

const line: Question["wrong"] = (answer) => (answer.length <= 200 && answer !== "" ? undefined : messages.lineLength(1));

/** The standard asks for as much (LID-CAT-NAMA, LID-CAT-DESKRIPSI, OAS-KONTAK), so that the skeleton passes `lint`. */
const atLeast =
  (least: number): Question["wrong"] =>
  (answer) =>
    answer.trim().length >= least ? line(answer) : messages.lineLength(least);

const oneOf = (...words: readonly string[]): Pick<Question, "words" | "wrong"> => ({
  words,
  wrong: (answer) => (words.includes(answer) ? undefined : messages.oneOf(words.join(", "))),
});

const matches =
  (format: "email"): Question["wrong"] =>
  (answer) => {
    const found = findFormat(format)!;
    return found.type === "string" ? found.judge(answer) : undefined;
  };

/** What is wrong with an origin, `http://10.0.0.5:8080`, if anything. */
export const originFault: Question["wrong"] = (answer) =>
  URL.canParse(answer) && /^https?:/.test(answer) && new URL(answer).origin === answer ? undefined : messages.originOnly;

const optional =
  (wrong: Question["wrong"]): Question["wrong"] =>
  (answer) =>
    answer === "" ? undefined : wrong(answer);

const phone: Question["wrong"] = (answer) => (/^\+?[0-9][0-9 ()-]{4,24}$/.test(answer) ? undefined : messages.phoneForm);

const contact = {
  contact: { asks: asks.contact, preset: "Meja Layanan TIK", wrong: atLeast(3) },
  email: { asks: asks.email, wrong: matches("email") },
} as const satisfies Questions;

export const serviceQuestions = {
  title: { asks: asks.title, wrong: atLeast(3) },
  description: { asks: asks.description, wrong: atLeast(20) },
  kind: { asks: asks.kind, preset: "transaksi", ...oneOf("data", "transaksi") },
  classification: { asks: asks.classification, preset: "terbatas", ...oneOf("terbuka", "terbatas", "rahasia", "sangat-rahasia") },
  ...contact,
  "member-name": { asks: asks.memberName, wrong: line, when: "new-member" },
  "subsystem-name": { asks: asks.subsystemName, wrong: line, when: "new-subsystem" },
  upstream: { asks: asks.upstream, preset: "http://127.0.0.1:8081", wrong: originFault, when: "no-upstream" },
} as const satisfies Questions;

/** What the contract that is there says already is the preset. */
export const contractQuestions = ({ info }: Pick<ContractDocument, "info">) => {
  const { kind: _, contact, email, ...others } = serviceQuestions;
  const said = (question: Question, word: unknown): { readonly preset?: string } =>
    typeof word === "string" && question.wrong(word.trim()) === undefined ? { preset: word.trim() } : {};
  return {
    ...others,
    title: { ...others.title, ...said(others.title, info.title) },
    description: { ...others.description, ...said(others.description, info.description) },
    contact: { ...contact, ...said(contact, info.contact?.name), when: "new-member" },
    email: { ...email, ...said(email, info.contact?.email), when: "new-member" },
  } as const satisfies Questions;
};

/** `profiles`: the ids of those there are; `usual`: that of the instance's own region, if there is one. */
export const instanceQuestions = (profiles: readonly string[], usual: string | undefined) =>
  ({
    name: { asks: asks.instanceName, wrong: line },
    profile: { asks: asks.profile, ...(usual === undefined ? {} : { preset: usual }), ...oneOf(...profiles) },
    "time-zone": { asks: asks.timeZone, preset: "Asia/Jakarta", ...oneOf("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura") },
  }) as const satisfies Questions;

export const memberQuestions = {
  name: { asks: asks.memberName, wrong: line },
  class: { asks: asks.memberClass, preset: "GOV", ...oneOf("GOV", "NAT", "ORG") },
  ...contact,
  phone: { asks: asks.phone, preset: "", wrong: optional(phone) },
  test: { asks: asks.testMember, preset: "tidak", ...oneOf("ya", "tidak") },
} as const satisfies Questions;

export const subsystemQuestions = {
  name: { asks: asks.subsystemName, wrong: line },
  upstream: { asks: asks.upstreamIfAny, preset: "", wrong: optional(originFault) },
} as const satisfies Questions;

/** An answer that cannot be used, or a required one that is missing without a terminal to ask on. */
export interface AnswerFault {
  readonly name: string;
  readonly detail: Text;
}

/** The answers: those given, else those typed, else the presets. Without `ask`, a required answer that has no preset is a fault. */
export async function gatherAnswers<Asked extends Questions>(
  questions: Asked,
  given: Readonly<Record<string, string | undefined>>,
  isNew: (what: NonNullable<Question["when"]>) => boolean,
  ask?: Ask,
): Promise<{ readonly answers: AnswersTo<Asked>; readonly faults: readonly AnswerFault[] }> {
  const answers: Record<string, string> = {};
  const faults: AnswerFault[] = [];
  for (const [name, question] of Object.entries<Question>(questions)) {
    const needed = question.when === undefined || isNew(question.when);
    let answer = given[name];
    if (answer === undefined && ask !== undefined && needed) {
      let wrong: Text | undefined;
      do {
        const typed = (await ask(question.asks, question.preset, wrong)).trim();
        answer = typed === "" ? (question.preset ?? "") : typed;
        wrong = question.wrong(answer);
      } while (wrong !== undefined);
    }
    answer ??= question.preset;
    const wrong = answer === undefined ? (needed ? messages.required : undefined) : question.wrong(answer);
    if (wrong !== undefined) faults.push({ name, detail: prefixed(`--${name} `, wrong) });
    answers[name] = answer ?? "";
  }
  return { answers: answers as AnswersTo<Asked>, faults };
}
