import { prefixed, type Text } from "../base/text.ts";
import { findFormat } from "../contract/formats/formats.ts";
import { messages } from "./messages.ts";

const { asks } = messages;

/** What must be known before a service's manifests can be written. `preset` is the answer where none is given. */
export interface Question {
  readonly asks: Text;
  readonly preset?: string;
  /** What is wrong with an answer, if anything. */
  readonly wrong: (answer: string) => Text | undefined;
  /** Asked only if this part of the tree does not exist yet. */
  readonly when?: "new-member" | "new-subsystem" | "no-upstream";
}

const line: Question["wrong"] = (answer) => (answer.length <= 200 && answer !== "" ? undefined : messages.lineLength(1));
/** The standard asks for as much (LID-CAT-NAMA, LID-CAT-DESKRIPSI, OAS-KONTAK), so that the skeleton passes `lint`. */
const atLeast =
  (least: number): Question["wrong"] =>
  (answer) =>
    answer.trim().length >= least ? line(answer) : messages.lineLength(least);
const oneOf =
  (...words: readonly string[]): Question["wrong"] =>
  (answer) =>
    words.includes(answer) ? undefined : messages.oneOf(words.join(", "));
const email: Question["wrong"] = (answer) => {
  const format = findFormat("email")!;
  return format.type === "string" ? format.judge(answer) : undefined;
};
const origin: Question["wrong"] = (answer) =>
  URL.canParse(answer) && /^https?:/.test(answer) && new URL(answer).origin === answer ? undefined : messages.originOnly;

/** In the order in which they are asked; each is an option of `simpul new service`, too. */
export const questions = {
  title: { asks: asks.title, wrong: atLeast(3) },
  description: { asks: asks.description, wrong: atLeast(20) },
  kind: { asks: asks.kind, preset: "transaksi", wrong: oneOf("data", "transaksi") },
  classification: {
    asks: asks.classification,
    preset: "terbatas",
    wrong: oneOf("terbuka", "terbatas", "rahasia", "sangat-rahasia"),
  },
  contact: { asks: asks.contact, preset: "Meja Layanan TIK", wrong: atLeast(3) },
  email: { asks: asks.email, wrong: email },
  "member-name": { asks: asks.memberName, wrong: line, when: "new-member" },
  "subsystem-name": { asks: asks.subsystemName, wrong: line, when: "new-subsystem" },
  upstream: { asks: asks.upstream, preset: "http://127.0.0.1:8081", wrong: origin, when: "no-upstream" },
} as const satisfies Readonly<Record<string, Question>>;

export type QuestionName = keyof typeof questions;

export type QuestionAnswers = Readonly<Record<QuestionName, string>>;

/** An answer that cannot be used, or a required one that is missing without a terminal to ask on. */
export interface AnswerFault {
  readonly name: QuestionName;
  readonly detail: Text;
}

/**
 * The answers: those given, else those typed, else the presets. `ask` gives a typed line, `""` for the preset, and is called again
 * until the answer can be used; without `ask`, a required answer that has no preset is a fault.
 */
export async function gatherAnswers(
  given: Readonly<Partial<Record<QuestionName, string>>>,
  isNew: (what: NonNullable<Question["when"]>) => boolean,
  ask?: (question: Text, preset: string | undefined, wrong: Text | undefined) => Promise<string>,
): Promise<{ readonly answers: QuestionAnswers; readonly faults: readonly AnswerFault[] }> {
  const answers: Partial<Record<QuestionName, string>> = {};
  const faults: AnswerFault[] = [];
  for (const [key, row] of Object.entries(questions)) {
    const name = key as QuestionName;
    const question: Question = row;
    let answer = given[name];
    if (answer === undefined && ask !== undefined && (question.when === undefined || isNew(question.when))) {
      let wrong: Text | undefined;
      do {
        const typed = (await ask(question.asks, question.preset, wrong)).trim();
        answer = typed === "" ? (question.preset ?? "") : typed;
        wrong = question.wrong(answer);
      } while (wrong !== undefined);
    }
    answer ??= question.preset;
    const needed = question.when === undefined || isNew(question.when);
    const wrong = answer === undefined ? (needed ? messages.required : undefined) : question.wrong(answer);
    if (wrong !== undefined) faults.push({ name, detail: prefixed(`--${name} `, wrong) });
    answers[name] = answer ?? "";
  }
  return { answers: answers as QuestionAnswers, faults };
}
