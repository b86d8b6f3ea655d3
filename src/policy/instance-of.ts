import type { Entry } from "../registry/entry.ts";
import { type RegistryView } from "./context.ts";
import { memberOf } from "../base/names.ts";
import { Refusal } from "./refusal.ts";

/** The one instance of a registry. Throws `not-found` where nothing was applied yet. */
export function instanceOf(registry: Pick<RegistryView, "of">): Entry<"instance"> {
  for (const entry of registry.of("instance")) return entry;
  throw new Refusal("not-found", { id: "Registri masih kosong.", en: "The registry is empty." });
}

export const inProduction = (registry: Pick<RegistryView, "of">): boolean => instanceOf(registry).state === "produksi";

/** Whether a member, subsystem or service is of one of the region's own Perangkat Daerah. */
export const isOwn = (registry: Pick<RegistryView, "of">, id: string): boolean =>
  memberOf(id).startsWith(`${instanceOf(registry).id}/GOV/`);
