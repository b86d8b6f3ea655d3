import { imageAt } from "./image-at.ts";
import type { RegistryImage } from "./image.ts";
import type { RegistryStore } from "./registry-store.ts";

/** Images kept: a registry of 100,000 grants takes 10 MB in each. */
const most = 4;

/**
 * The registry at earlier versions, of which the last few that were asked for are remembered: whoever explains or proves what was asks about the same
 * moments again. The newest costs nothing. Rejects as `imageAt` does.
 */
export function rememberPast(store: Pick<RegistryStore, "changes" | "replaced" | "head">): (now: RegistryImage, version: number) => Promise<RegistryImage> {
  /** By version, the one that was asked for last at the end. */
  const kept = new Map<number, Promise<RegistryImage>>();
  return async (now, version) => {
    if (version === now.version) return now;
    const image = kept.get(version) ?? imageAt(store, now, version);
    kept.delete(version);
    kept.set(version, image);
    if (kept.size > most) kept.delete(kept.keys().next().value!);
    image.catch(() => kept.get(version) === image && kept.delete(version));
    return image;
  };
}
