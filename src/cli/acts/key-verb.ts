import { parseArgs } from "node:util";
import { configFlags } from "../../config/config.ts";
import { ControlRefusal } from "../../control-client/control-refusal.ts";
import type { Control, KeyExchange } from "../../control-client/control-client.ts";
import { inline } from "../../base/text.ts";
import { messages as shared } from "../messages.ts";
import { UsageFault, type Verb, type VerbOptions } from "../verb.ts";
import { connect, connectionOptions } from "./connect.ts";
import { messages } from "./messages.ts";
import { refusalLines } from "./print.ts";
import { verbOf } from "./verb.ts";

const options = {
  since: { type: "string", value: "2026-01-31T21:30", means: messages.exchangesSince },
} as const satisfies VerbOptions;

const acts = verbOf("key");

/** The acts on keys, and besides them `key exchanges`: what a key signed. */
export const verb: Verb = {
  ...acts,
  usage: acts.usage.replace("<list|show|", "<list|show|exchanges|"),
  options: { ...acts.options, ...options },
  more: (args) => [`  key exchanges ID [--since ${options.since.value}]  ${inline(messages.exchangesOfKey)}`, ...(acts.more?.(args) ?? [])],
  run: ([step = "", ...args]) => (step === "exchanges" ? exchanges(args) : acts.run([step, ...args])),
};

async function exchanges(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { ...configFlags, ...connectionOptions, ...options },
    allowPositionals: true,
  });
  const [kid, ...surplus] = positionals;
  if (kid === undefined) throw new UsageFault(messages.nameAnId);
  if (surplus.length > 0) throw new UsageFault(shared.misplacedWord(surplus[0]!));
  try {
    return await print(connect(values), kid, values.since, values.json === true);
  } catch (fault) {
    if (!(fault instanceof ControlRefusal)) throw fault;
    if (values.json === true) console.log(JSON.stringify(fault.document));
    else console.error(refusalLines(fault).join("\n"));
    return 1;
  }
}

/** Prints as the pages come: a long log takes several, and the newest exchanges are the ones that are looked for. */
async function print(control: Control, kid: string, since: string | undefined, json: boolean): Promise<number> {
  const all: KeyExchange[] = [];
  let examined = 0;
  let from: string | undefined;
  for await (const page of control.exchangesOf(kid, since)) {
    all.push(...page.items);
    examined += page.examined;
    from = page.since;
    if (!json) for (const exchange of page.items) console.log(lineOf(exchange));
  }
  if (json) console.log(JSON.stringify({ ...(from === undefined ? {} : { since: from }), examined, items: all }));
  else console.log(inline(messages.exchangesFound(all.length, from, examined)));
  return 0;
}

const lineOf = ({ at, exchange, leaf, service = "-", operation = "-", purpose = "-", status, problem }: KeyExchange): string =>
  `${at}  ${exchange}  ${leaf}  ${service} ${operation}  ${purpose}  ${[status, problem].filter((part) => part !== undefined).join(" ")}`;
