import { commandLine } from "../base/command-line.ts";
import { parseArgs } from "node:util";
import { inline, stacked } from "../base/text.ts";
import { configFlags } from "../config/config.ts";
import { ControlRefusal } from "../control-client/control-refusal.ts";
import type { Due } from "../policy/validity/due.ts";
import { connect, connectionOptions } from "./acts/connect.ts";
import { refusalLines } from "./acts/print.ts";
import { messages } from "./messages.ts";
import { UsageFault, type Verb, type VerbOptions } from "./verb.ts";

const options = {
  ...connectionOptions,
  within: {
    type: "string",
    default: "90",
    value: "DAYS",
    means: { id: "berapa hari ke depan, paling banyak 1000", en: "how many days ahead, 1000 at most" },
  },
} as const satisfies VerbOptions;

export const verb: Verb = {
  audience: "officer",
  usage: "due [--within DAYS] [--json] [--control URL] [--token-file FILE]",
  summary: {
    id:
      "Apa yang segera berakhir: izin, kunci, pertimbangan, token, pembebasan, versi yang digantikan; " +
      "siapa yang bertindak, dengan perintah apa",
    en: "What runs out soon: grants, keys, opinions, tokens, exemptions, deprecated versions; who has to act, by which command",
  },
  help: [
    {
      id:
        "Hari dihitung menurut waktu daerah, sampai dengan hari terakhir berlaku. Yang diteruskan oleh yang baru tidak disebut; " +
        "yang sudah berakhir disebut 30 hari lagi, versi layanan sampai diakhiri. " +
        "! menandai izin yang masa pemberitahuannya menurut profil sudah mulai.",
      en:
        "Days are those of the region, up to the last day on which something holds. What a newer one continues is left out; " +
        "what has ended is listed for 30 more days, a service version until it is retired. " +
        "! marks grants whose notice period by the profile has begun.",
    },
  ],
  options,
  settings: true,
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options: { ...configFlags, ...options }, allowPositionals: true });
    if (positionals[0] !== undefined) throw new UsageFault(messages.misplacedWord(positionals[0]));
    if (!/^\d{1,4}$/.test(values.within)) throw new UsageFault(messages.notDays(values.within));
    try {
      const answer = (await connect(values).get(`/v1/due?within=${Number(values.within)}`)) as { readonly items: readonly Due[] };
      if (values.json === true) console.log(JSON.stringify(answer));
      else console.log(answer.items.length === 0 ? inline(messages.nothingDue(values.within)) : answer.items.flatMap(linesOf).join("\n"));
      return 0;
    } catch (fault) {
      if (!(fault instanceof ControlRefusal)) throw fault;
      console.error(refusalLines(fault).join("\n"));
      return 1;
    }
  },
};

function linesOf({ kind, id, what, lastDay, days, ended, notice, by, next, command }: Due): readonly string[] {
  const left = ended ? messages.hasEnded : messages.daysLeft(days);
  const who = [by.roles.join(", "), ...(by.member === undefined ? [] : [by.member])].join(" · ");
  return [
    `${ended ? "✗" : notice === true ? "!" : "•"} ${lastDay}  ${inline(left)}  ${kind} ${id}`,
    `    ${stacked(what, "    ")}`,
    `    → ${who}: ${stacked(next, "      ")}`,
    ...(command === undefined ? [] : [`      ${commandLine()} ${command}`]),
  ];
}
