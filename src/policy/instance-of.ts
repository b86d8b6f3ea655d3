import type { Entry } from "../registry/entry.ts";
import { type Holding } from "./context.ts";
import { memberOf } from "../base/names.ts";
import { Refusal } from "./refusal.ts";

/** The one instance of a registry. Throws `not-found` where nothing was applied yet. */
export function instanceOf(holding: Pick<Holding, "of">): Entry<"instance"> {
  for (const entry of holding.of("instance")) return entry;
  throw new Refusal("not-found", { id: "Registri masih kosong.", en: "The registry is empty." });
}

export const inProduction = (holding: Pick<Holding, "of">): boolean => instanceOf(holding).state === "produksi";

/** Whether a member, subsystem or service is of one of the region's own Perangkat Daerah. */
export const isOwn = (holding: Pick<Holding, "of">, id: string): boolean => memberOf(id).startsWith(`${instanceOf(holding).id}/GOV/`);
