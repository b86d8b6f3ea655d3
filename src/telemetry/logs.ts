import { pino } from "pino";
import type { Level } from "pino";
import type { ServiceId, SubsystemId } from "../base/names.ts";
import { problems } from "../base/problem.ts";
import type { ProblemCode } from "../base/problem.ts";

/**
 * Every member that a log line may have. None is a path, query, field, content or claim, so a line holds no personal
 * data.
 */
export interface Words {
  readonly exchange: string;
  readonly code: ProblemCode;
  /** The owner of the key that authenticated the caller. */
  readonly consumer: SubsystemId | undefined;
  readonly service: ServiceId | undefined;
  /** The `operationId`. */
  readonly operation: string;
  /** Where an answer breaks its contract: names from the contract itself, and `*` for any other. */
  readonly pointers: readonly string[];
  /** The caller's address: written for the replay alarm and for `not-intra`, omitted from every other refusal. */
  readonly source: string | undefined;
  readonly ms: number;
  readonly leaves: number;
  readonly exchanges: number;
  readonly version: number;
  readonly publicOrigin: string;
  readonly controlOrigin: string;
  readonly log: string;
  /** `2026-11/60`: the sealed records of a month that are kept for 60 months. */
  readonly bucket: string;
  /** A file that the gateway wrote itself. */
  readonly file: string;
  readonly error: unknown;
}

interface EventKind {
  readonly level: Level;
  readonly words: readonly (keyof Words)[];
}

/** Every line that the gateway writes. The level of `refused` depends on the party that has to act. */
const events = {
  delivered: { level: "debug", words: ["exchange", "consumer", "service", "ms"] },
  refused: { level: "info", words: ["exchange", "code", "consumer", "service", "source"] },
  /** An answer that breaks its contract where that is only reported. */
  responseFault: { level: "warn", words: ["exchange", "service", "operation", "pointers"] },
  /** The same `jti` in another statement: a third party knows it, or a client's generator is broken. */
  replayAlarm: { level: "error", words: ["exchange", "consumer", "source"] },
  /** The gateway's own fault behind the code `internal`. */
  failed: { level: "error", words: ["exchange", "error"] },
  started: { level: "info", words: ["publicOrigin", "controlOrigin", "log", "version"] },
  /** Open intents of an earlier process were closed with `outcome-unknown`. */
  recovered: { level: "warn", words: ["leaves"] },
  registrySwapped: { level: "info", words: ["version"] },
  /** A changed registry could not be compiled; the previous one stays in force. */
  registryFailed: { level: "error", words: ["version", "error"] },
  ledgerFailed: { level: "error", words: ["leaves", "error"] },
  /** There was no file of master keys, so one was made. */
  evidenceKeyMade: { level: "warn", words: ["file"] },
  /** The retention of a bucket of sealed records ended, and its key was destroyed. */
  evidenceDestroyed: { level: "info", words: ["bucket"] },
  /** A bucket whose retention has ended could not be destroyed or purged. The job tries again within the hour. */
  evidenceStays: { level: "error", words: ["error"] },
  draining: { level: "info", words: ["exchanges"] },
  stopped: { level: "info", words: [] },
} as const satisfies Record<string, EventKind>;

type LogEvent = keyof typeof events;

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
