import { stacked, type Text } from "../../base/text.ts";
import type { Verb } from "../verb.ts";
import { messages } from "./messages.ts";

/** What `--help` prints. `usage`: the whole command; `args`: the other arguments, for help on one step. */
export function helpOf(verb: Verb, usage: string, args: readonly string[]): string {
  const lines = [usage, "", stacked(verb.summary)];
  for (const paragraph of verb.help ?? []) lines.push("", stacked(paragraph));
  if (verb.more !== undefined) lines.push("", ...verb.more(args));
  if (verb.options !== undefined || verb.settings === true) lines.push("");
  for (const [name, { value, means }] of Object.entries(verb.options ?? {}))
    lines.push(`  --${name}${value === undefined ? "" : ` ${value}`}`, `      ${stacked(means, "      ")}`);
  if (verb.settings === true) lines.push("  --…", `      ${stacked(messages.settings, "      ")}`);
  if (verb.exit !== undefined) lines.push("", stacked(exitLine(verb.exit)));
  return lines.join("\n");
}

/** `Status keluar: 0 sah, 1 rusak.` */
function exitLine(exit: NonNullable<Verb["exit"]>): Text {
  const listed = Object.entries(exit);
  const list = (language: keyof Text): string => listed.map(([status, means]) => `${status} ${means[language]}`).join(", ");
  return messages.exitStatuses({ id: list("id"), en: list("en") });
}
