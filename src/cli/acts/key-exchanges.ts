import { inline } from "../../base/text.ts";
import type { Control, KeyExchange } from "../../control-client/control-client.ts";
import { UsageFault } from "../verb.ts";
import { messages } from "./messages.ts";

/** Prints what a key signed, as the pages come: a long log takes several, and the newest exchanges are the ones that are looked for. */
export async function printKeyExchanges(
  control: Control,
  kid: string | undefined,
  json: boolean,
  since: string | undefined,
): Promise<number> {
  if (kid === undefined) throw new UsageFault(messages.nameAnId);
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
