import type { Control } from "../../control-client/control-client.ts";
import { ControlRefusal } from "../../control-client/control-refusal.ts";
import type { Official } from "./officers.ts";

/**
 * Appoints the officials, unless an earlier start did, and issues each a token. Gives the tokens by officer; `until` is their last
 * day.
 */
export async function appointOfficials(
  administrator: Control,
  officials: readonly Official[],
  until: string,
): Promise<ReadonlyMap<string, string>> {
  const tokens = new Map<string, string>();
  for (const { id, ...official } of officials) {
    await administrator.act({ action: "officer.appoint", input: { id, ...official } }).catch((fault: unknown) => {
      if (!(fault instanceof ControlRefusal) || fault.code !== "already-exists") throw fault;
    });
    const { token } = await administrator.act({ action: "token.issue", input: { officer: id, until } });
    tokens.set(id, token!);
  }
  return tokens;
}
