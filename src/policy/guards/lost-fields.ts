import type { Text } from "../../base/text.ts";
import type { EntryContents } from "../../registry/entry.ts";
import type { Operation } from "../../contract/contract.ts";
import type { RegistryView, LostFields } from "../context.ts";
import { messages } from "./messages.ts";

type Operations = ReadonlyMap<string, Operation>;

/** The fields of a grant that none of its operations answers with. */
export function lostFields(
  offered: Operations,
  { operations, fields = [] }: Pick<EntryContents["grant"], "operations" | "fields">,
): readonly string[] {
  return fields.filter((field) => !operations.some((operation) => offered.get(operation)?.contract.knowsField(field)));
}

/** The active and suspended grants of a service version that would lose fields if it offered these operations, sorted by id. */
export function grantsLosing(registry: Pick<RegistryView, "of">, service: string, offered: Operations): readonly LostFields[] {
  const losing: LostFields[] = [];
  for (const { id, state, content } of registry.of("grant")) {
    if (content.service !== service || (state !== "active" && state !== "suspended")) continue;
    const fields = lostFields(offered, content);
    if (fields.length > 0) losing.push({ grant: id, fields });
  }
  return losing.sort((a, b) => (a.grant < b.grant ? -1 : 1));
}

/** The warning for the officer whose action would remove these fields. */
export function warningOf(lost: readonly LostFields[]): { readonly detail: Text; readonly remedy: Text } {
  const named = lost.map(({ grant, fields }) => `${grant} (${fields.join(", ")})`).join("; ");
  return {
    detail: messages.fieldsDropped(named),
    remedy: messages.putFieldsBack,
  };
}
