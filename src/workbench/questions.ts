import type { Text } from "../base/text.ts";
import { findFormat } from "../contract/formats/formats.ts";

/** What has to be known before a service's manifests can be written. `preset` is taken where nobody answers. */
export interface Question {
  readonly asks: Text;
  readonly preset?: string;
  /** What is wrong with an answer. */
  readonly wrong: (answer: string) => Text | undefined;
  /** Asked only for what is not there yet. */
  readonly when?: "new-member" | "new-subsystem" | "no-upstream";
}

const line: Question["wrong"] = (answer) =>
  answer.length <= 200 && answer !== "" ? undefined : { id: "harus 1–200 huruf", en: "must have 1 to 200 characters" };
const oneOf =
  (...words: readonly string[]): Question["wrong"] =>
  (answer) =>
    words.includes(answer) ? undefined : { id: `harus salah satu dari ${words.join(", ")}`, en: `must be one of ${words.join(", ")}` };
const email: Question["wrong"] = (answer) => {
  const format = findFormat("email")!;
  return format.type === "string" ? format.judge(answer) : undefined;
};
const origin: Question["wrong"] = (answer) =>
  URL.canParse(answer) && /^https?:/.test(answer) && new URL(answer).origin === answer
    ? undefined
    : { id: "harus origin saja, seperti http://10.0.0.5:8080", en: "must be an origin only, such as http://10.0.0.5:8080" };

/** In the order in which they are asked; each is a flag of `simpul new service`, too. */
export const questions = {
  title: { asks: { id: "Nama layanan", en: "Name of the service" }, wrong: line },
  description: { asks: { id: "Uraian satu kalimat", en: "One sentence about it" }, wrong: line },
  kind: {
    asks: { id: "Jenis: data atau transaksi", en: "Kind: data (shared for common use) or transaksi" },
    preset: "transaksi",
    wrong: oneOf("data", "transaksi"),
  },
  classification: {
    asks: { id: "Klasifikasi data", en: "Classification of its data" },
    preset: "terbatas",
    wrong: oneOf("terbuka", "terbatas", "rahasia", "sangat-rahasia"),
  },
  contact: { asks: { id: "Meja layanan, bukan nama orang", en: "Service desk, not a person" }, preset: "Meja Layanan TIK", wrong: line },
  email: { asks: { id: "Surel meja layanan", en: "E-mail of the service desk" }, wrong: email },
  "member-name": { asks: { id: "Nama Perangkat Daerah", en: "Name of the Perangkat Daerah" }, wrong: line, when: "new-member" },
  "subsystem-name": {
    asks: { id: "Nama aplikasi (subsistem)", en: "Name of the application (subsystem)" },
    wrong: line,
    when: "new-subsystem",
  },
  upstream: {
    asks: { id: "Alamat aplikasi penyedia", en: "Address of the provider's application" },
    preset: "http://127.0.0.1:8081",
    wrong: origin,
    when: "no-upstream",
  },
} as const satisfies Readonly<Record<string, Question>>;

export type QuestionName = keyof typeof questions;

export type QuestionAnswers = Readonly<Record<QuestionName, string>>;

/** An answer that cannot be used, or one that is missing where nobody can be asked. */
export interface AnswerFault {
  readonly name: QuestionName;
  readonly detail: Text;
}

/** `ask` gives what somebody typed, `""` for the preset; without it, what was not given is preset or missing. Asks again until an answer can be used. */
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
    const wrong = answer === undefined ? (needed ? { id: "wajib", en: "is required" } : undefined) : question.wrong(answer);
    if (wrong !== undefined) faults.push({ name, detail: { id: `--${name} ${wrong.id}`, en: `--${name} ${wrong.en}` } });
    answers[name] = answer ?? "";
  }
  return { answers: answers as QuestionAnswers, faults };
}
