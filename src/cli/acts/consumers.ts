import type { Text } from "../../base/text.ts";
import { inline } from "../../base/text.ts";
import type { Control } from "../../control-client/control-client.ts";
import { states } from "../../control-client/state-labels.ts";
import type { ServiceConsumer, ServiceConsumers } from "../../policy/consumers.ts";
import { messages } from "./consumers-messages.ts";

/** Prints who uses a service version; without an id, of every version that is deprecated. */
export async function printConsumers(control: Control, id: string | undefined, json: boolean): Promise<number> {
  const ids: string[] = [];
  if (id !== undefined) ids.push(id);
  else for await (const service of control.list("service", "deprecated")) ids.push(service.id);
  const items: ServiceConsumers[] = [];
  for (const one of ids) items.push(await consumersAt(control, one));
  if (json) console.log(JSON.stringify({ items }));
  else if (items.length === 0) console.log(inline(messages.noneDeprecated));
  else console.log(items.map((one) => consumerLines(one).join("\n")).join("\n\n"));
  return 0;
}

/** Who uses a service version, as the control API tells; `id` may be that of a revision. */
export const consumersAt = async (control: Control, id: string): Promise<ServiceConsumers> =>
  (await control.get(`/v1/services/${encodeURIComponent(id.replace(/\/r\d+$/, ""))}/consumers`)) as ServiceConsumers;

/** A heading, and a line for each consumer. */
export function consumerLines({ service, state, deprecated, correction, items }: ServiceConsumers): readonly string[] {
  const lines = [`${service}  ${inline(states[state])}`];
  if (deprecated !== undefined) lines.push(`  ${inline(messages.deprecated(deprecated.sunset, deprecated.successor))}`);
  if (correction !== undefined) lines.push(`  ${inline(messages.correction(correction.revision, correction.from))}`);
  if (items.length === 0) return [...lines, `  ${inline(messages.noConsumers)}`];
  const widths = (["grant", "consumer"] as const).map((name) => Math.max(...items.map((item) => item[name].length)));
  for (const item of items) {
    const notes = [inline(states[item.state]), inline(lastUse(item)), ...(item.agreed === undefined ? [] : [inline(agreement(item))])];
    lines.push(`  ${item.grant.padEnd(widths[0]!)}  ${item.consumer.padEnd(widths[1]!)}  ${item.purpose} · ${notes.join(" · ")}`);
  }
  return lines;
}

const lastUse = ({ lastUsed }: ServiceConsumer): Text =>
  lastUsed === undefined ? messages.neverUsed : messages.lastUsed(lastUsed.day, lastUsed.calls);

const agreement = ({ agreed }: ServiceConsumer): Text =>
  agreed === null || agreed === undefined ? messages.notAgreed : messages.agreed(agreed.by, agreed.at.slice(0, 10));
