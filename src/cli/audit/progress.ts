import type { AuditOptions } from "../../audit/recompute.ts";

const width = 30;

/** Shows on a terminal how far the audit is: a bar, leaves a second, the time that is left. Silent elsewhere; `end` wipes the line. */
export function showProgress(
  stream: Pick<NodeJS.WriteStream, "isTTY" | "write">,
  now: () => number = () => performance.now(),
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
      stream.write(
        `\r\x1b[K${bar} ${Math.floor((100 * leaves) / Math.max(size, 1))}% · ${leaves}/${size} daun (leaves) · ${Math.round(perSecond)}/s · ${Math.ceil((size - leaves) / perSecond)} s`,
      );
    },
    end: () => void (stream.isTTY && stream.write("\r\x1b[K")),
  };
}
