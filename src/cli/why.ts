import { parseArgs } from "node:util";
import { ControlRefusal } from "../control-client/control-refusal.ts";
import { explanationLines } from "../control-client/format-explanation.ts";
import type { Explanation } from "../base/explanation.ts";
import { configFlags } from "../config/config.ts";
import { connect, connectionOptions } from "./acts/connect.ts";
import { refusalLines } from "./acts/print.ts";
import { messages } from "./messages.ts";
import { UsageFault, type Verb } from "./verb.ts";

const kinds = ["exchange", "service", "grant", "opinion", "instance"] as const;
type Kind = (typeof kinds)[number];

const isKind = (word: string): word is Kind => (kinds as readonly string[]).includes(word);

export const verb: Verb = {
  audience: "officer",
  usage: `why <${kinds.join("|")}> [ID] [--json] [--control URL] [--token-file FILE]`,
  summary: {
    id: "Menjelaskan mengapa: aturan, pasal, dokumen, siapa, dan kapan, langkah demi langkah",
    en: "Says why: rule, pasal, document, by whom and when, step by step",
  },
  help: [
    {
      id:
        "`why UUID` menjelaskan sebuah pertukaran: UUID adalah Spl-Exchange-nya, juga untuk penolakan. " +
        "`why instance` menyebut apa yang masih kurang untuk produksi.",
      en:
        "`why UUID` explains an exchange: the UUID is its Spl-Exchange, for refusals too. " +
        "`why instance` names what is still missing for production.",
    },
  ],
  options: connectionOptions,
  settings: true,
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...configFlags, ...connectionOptions },
      allowPositionals: true,
    });
    const [first = "", ...rest] = positionals;
    const [kind, id, ...surplus] = isKind(first) ? [first, ...rest] : ["exchange" as const, first, ...rest];
    if (surplus.length > 0) throw new UsageFault(messages.misplacedWord(surplus[0]!));
    if (first === "" || (id === undefined && kind !== "instance")) throw new UsageFault(messages.nameSubject);
    const control = connect(values);
    try {
      const explanation = (await control.get(`/v1/why/${kind}/${encodeURIComponent(id ?? (await control.instance()).id)}`)) as Explanation;
      console.log(values.json === true ? JSON.stringify(explanation) : explanationLines(explanation).join("\n"));
      return 0;
    } catch (fault) {
      if (!(fault instanceof ControlRefusal)) throw fault;
      console.error(refusalLines(fault).join("\n"));
      return 1;
    }
  },
};
