import { pino } from "pino";
import type { Level } from "pino";
import { problems } from "../base/problem.ts";
import type { ProblemCode } from "../base/problem.ts";
import { events, type LogEvent } from "./log-events.ts";
import type { EventKind, Words } from "./log-words.ts";

/** One method an event, with exactly its words. A call does nothing if its level is not written. */
export type Log = { readonly [E in LogEvent]: (words: Pick<Words, (typeof events)[E]["words"][number]>) => void };

/** The events of an exchange. */
export type ExchangeLog = Pick<Log, "delivered" | "refused" | "responseFault" | "replayAlarm" | "failed">;

export interface LogOptions {
  readonly level: Level | "silent";
  /** The file descriptor: 1, standard output, by default. */
  readonly to?: number;
}

/**
 * Structured logs, one JSON object a line, without personal data. Lines are buffered and written asynchronously, after
 * a second at the latest. If the reader stalls, lines are dropped rather than kept in memory. `flush` writes the rest
 * at the end of the process.
 */
export function createLog({ level, to = 1 }: LogOptions): { readonly log: Log; readonly flush: () => void } {
  const destination = pino.destination({ dest: to, sync: false, minLength: 4096, periodicFlush: 1000, maxLength: 8 << 20 });
  const writer = pino(
    {
      level,
      base: null,
      messageKey: "event",
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );

  const write = (event: LogEvent, words: Partial<Words>): void => {
    const kind: EventKind = events[event];
    const line: Partial<Record<keyof Words, unknown>> = {};
    for (const word of kind.words) {
      if (word === "source" && event === "refused" && words.code !== "not-intra") continue;
      line[word] = word === "error" ? describe(words.error) : words[word];
    }
    writer[event === "refused" ? levelOf(words.code!) : kind.level](line, event);
  };
  const methods = (Object.keys(events) as LogEvent[]).map((event) => {
    const written = event === "refused" || writer.isLevelEnabled(events[event].level);
    return [event, written ? (words: Partial<Words>) => write(event, words) : () => undefined];
  });
  return { log: Object.fromEntries(methods) as Log, flush: () => destination.flushSync() };
}

const levelOf = (code: ProblemCode): Level => (({ consumer: "info", provider: "warn", gateway: "error" }) as const)[problems[code].by];

/**
 * An error without its message, since a message may quote the parsed content. The messages of the operating system and
 * of SQLite never do, and an operator needs them.
 */
function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return { name: typeof error };
  const { code, syscall } = error as NodeJS.ErrnoException;
  const harmless = syscall !== undefined || code === "ERR_SQLITE_ERROR";
  const frames = error.stack
    ?.replace(error.message, "")
    .match(/^ +at .+$/gm)
    ?.map((line) => line.trim());
  return {
    name: error.name,
    ...(code === undefined ? undefined : { code }),
    ...(harmless ? { message: error.message } : undefined),
    frames: frames?.slice(0, 8),
    ...(error.cause === undefined ? undefined : { cause: describe(error.cause) }),
  };
}
