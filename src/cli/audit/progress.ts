import { inline, type Text } from "../../base/text.ts";
import type { AuditOptions } from "../../audit/recompute.ts";
import { messages } from "./messages.ts";

const width = 30;

/**
 * Shows on a terminal how far a long work is: a bar, units (leaves unless given) per second, the seconds left. Silent elsewhere; `end`
 * clears the line.
 */
export function showProgress(
  stream: Pick<NodeJS.WriteStream, "isTTY" | "write">,
  now: () => number = () => performance.now(),
  unit: Text = messages.leaves,
): { readonly progress: NonNullable<AuditOptions["progress"]>; end(): void } {
  const began = now();
  let shown = began;
  return {
    progress(leaves, size) {
      const time = now();
      if (!stream.isTTY || (time - shown < 100 && leaves < size)) return;
      shown = time;
      const perSecond = leaves / Math.max((time - began) / 1000, 0.001);
      const full = Math.round((width * leaves) / Math.max(size, 1));
      const bar = "█".repeat(full) + "░".repeat(width - full);
      const percent = Math.floor((100 * leaves) / Math.max(size, 1));
      const left = Math.ceil((size - leaves) / perSecond);
      stream.write(`\r\x1b[K${bar} ${percent}% · ${leaves}/${size} ${inline(unit)} · ${Math.round(perSecond)}/s · ${left} s`);
    },
    end: () => void (stream.isTTY && stream.write("\r\x1b[K")),
  };
}
