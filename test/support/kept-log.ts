import { events } from "../../src/telemetry/log-events.ts";
import type { Log } from "../../src/telemetry/logs.ts";

/** A log that keeps its lines, of these events only. */
export function kept(...wanted: readonly (keyof Log)[]) {
  const lines: (readonly [string, unknown])[] = [];
  const log = Object.fromEntries(
    Object.keys(events).map((event) => [
      event,
      (words: unknown) => void (wanted.includes(event as keyof Log) && lines.push([event, words])),
    ]),
  ) as Log;
  return { log, lines };
}
