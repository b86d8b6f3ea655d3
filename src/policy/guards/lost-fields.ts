import type { Text } from "../../base/text.ts";
import type { EntryContents } from "../../registry/entry.ts";
import type { Operation } from "../../contract/contract.ts";
import type { RegistryView, LostFields } from "../context.ts";

type Operations = ReadonlyMap<string, Operation>;

/** The fields of a grant that none of its operations answers with. */
export function lostFields(
  offered: Operations,
  { operations, fields = [] }: Pick<EntryContents["grant"], "operations" | "fields">,
): readonly string[] {
  return fields.filter((field) => !operations.some((operation) => offered.get(operation)?.contract.knowsField(field)));
}

/** The grants of a service version, suspended ones too, that would lose fields if it offered these operations; by id. */
export function grantsLosing(registry: Pick<RegistryView, "of">, service: string, offered: Operations): readonly LostFields[] {
  const losing: LostFields[] = [];
  for (const { id, state, content } of registry.of("grant")) {
    if (content.service !== service || (state !== "active" && state !== "suspended")) continue;
    const fields = lostFields(offered, content);
    if (fields.length > 0) losing.push({ grant: id, fields });
  }
  return losing.sort((a, b) => (a.grant < b.grant ? -1 : 1));
}

/** The warning for whoever is about to let it happen. */
export function warningOf(lost: readonly LostFields[]): { readonly detail: Text; readonly remedy: Text } {
  const named = lost.map(({ grant, fields }) => `${grant} (${fields.join(", ")})`).join("; ");
  return {
    detail: {
      id: `Perhatian: kontrak ini menghapus kolom yang diizinkan: ${named}.`,
      en: `Mind: this contract drops fields that are granted: ${named}.`,
    },
    remedy: {
      id: "Kembalikan kolomnya, atau beri tahu konsumennya agar memperbarui izin (grant renew) dengan kolom yang ada.",
      en: "Put the fields back, or tell the consumers, so that they renew their grants (grant renew) with the fields that there are.",
    },
  };
}
