import type { Entry } from "../registry/entry.ts";
import type { RegistryView } from "./context.ts";
import { memberOf } from "../base/names.ts";
import { Refusal } from "./refusal.ts";
import { messages } from "./messages.ts";

/** The one instance of a registry. Throws the `Refusal` `not-found` where nothing has been applied yet. */
export function instanceOf(registry: Pick<RegistryView, "of">): Entry<"instance"> {
  for (const entry of registry.of("instance")) return entry;
  throw new Refusal("not-found", messages.registryEmpty);
}

export const inProduction = (registry: Pick<RegistryView, "of">): boolean => instanceOf(registry).state === "produksi";

/** Whether a member, subsystem or service belongs to one of the region's own Perangkat Daerah. */
export const isOwn = (registry: Pick<RegistryView, "of">, id: string): boolean =>
  memberOf(id).startsWith(`${instanceOf(registry).id}/GOV/`);
