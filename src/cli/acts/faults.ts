import type { ResponseFault } from "../../base/response-fault.ts";
import { inline } from "../../base/text.ts";
import type { Control } from "../../control-client/control-client.ts";
import { UsageFault } from "../verb.ts";
import { messages } from "./faults-messages.ts";
import { messages as acts } from "./messages.ts";

interface Faults {
  readonly service: string;
  readonly items: readonly Omit<ResponseFault, "service">[];
}

/** Prints a provider's wrong answers since the gateway started, newest first; `id` is that of a service version or a revision. */
export async function printFaults(control: Control, id: string | undefined, json: boolean): Promise<number> {
  if (id === undefined) throw new UsageFault(acts.nameAnId);
  const found = (await control.get(`/v1/services/${encodeURIComponent(id)}/faults`)) as Faults;
  const { service, items } = found;
  if (json) console.log(JSON.stringify(found));
  else if (items.length === 0) console.log(`${service}\n  ${inline(messages.noFaults)}`);
  else console.log([service, ...items.map((item) => `  ${lineOf(item)}`)].join("\n"));
  return 0;
}

function lineOf({ at, exchange, operation, code, delivered, pointers }: Faults["items"][number]): string {
  const places = pointers.map((pointer) => (pointer === "" ? '""' : pointer)).join(" ");
  const facts = [code, inline(delivered ? messages.delivered : messages.refused), ...(places === "" ? [] : [places])];
  return `${at}  ${exchange}  ${operation}  ${facts.join(" · ")}`;
}
