import { inline } from "../../base/text.ts";
import type { Control } from "../../control-client/control-client.ts";
import { UsageFault } from "../verb.ts";
import { messages as acts } from "./messages.ts";
import { messages } from "./upstreams-messages.ts";

interface Upstreams {
  readonly subsystem: string;
  readonly items: readonly {
    readonly upstream: string;
    readonly state: keyof typeof messages.states;
    readonly pending: number;
    readonly services: readonly string[];
  }[];
}

/** Prints the addresses of a subsystem and how the gateway finds them. */
export async function printUpstreams(control: Control, id: string | undefined, json: boolean): Promise<number> {
  if (id === undefined) throw new UsageFault(acts.nameAnId);
  const found = (await control.get(`/v1/subsystems/${encodeURIComponent(id)}/upstreams`)) as Upstreams;
  const { subsystem, items } = found;
  if (json) console.log(JSON.stringify(found));
  else if (items.length === 0) console.log(`${subsystem}\n  ${inline(messages.none)}`);
  else console.log([subsystem, ...items.map((item) => `  ${lineOf(item)}`)].join("\n"));
  return 0;
}

const lineOf = ({ upstream, state, pending, services }: Upstreams["items"][number]): string =>
  [upstream, inline(messages.states[state]), inline(messages.pending(pending)), ...services].join(" · ");
