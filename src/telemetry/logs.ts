import { pino } from "pino";
import type { Level } from "pino";
import type { ServiceId, SubsystemId } from "../base/names.ts";
import { problems } from "../base/problem.ts";
import type { ProblemCode } from "../base/problem.ts";

/** Every word that a line may hold. No path, query, field, content or claim is among them, so no personal data can be. */
export interface Words {
  readonly exchange: string;
  readonly code: ProblemCode;
  /** The owner of the key that authenticated the caller. */
  readonly consumer: SubsystemId | undefined;
  readonly service: ServiceId | undefined;
  /** The `operationId`. */
  readonly operation: string;
  /** Where an answer breaks its contract: names that the contract says itself, and `*` for any other. */
  readonly pointers: readonly string[];
  /** The caller's address: written for the replay alarm and for `not-intra`, left out of every other refusal. */
  readonly source: string | undefined;
  readonly ms: number;
  readonly leaves: number;
  readonly exchanges: number;
  readonly version: number;
  readonly publicOrigin: string;
  readonly controlOrigin: string;
  readonly log: string;
  /** `2026-11/60`: evidence of one month that is kept so long. */
  readonly bucket: string;
  /** A file of the gateway's own. */
  readonly file: string;
  readonly error: unknown;
}

interface EventKind {
  readonly level: Level;
  readonly words: readonly (keyof Words)[];
}

/** Every line that the gateway writes. `refused` takes its level from whose doing it is. */
const events = {
  delivered: { level: "debug", words: ["exchange", "consumer", "service", "ms"] },
  refused: { level: "info", words: ["exchange", "code", "consumer", "service", "source"] },
  /** An answer that would be refused, were its contract enforced. */
  responseFault: { level: "warn", words: ["exchange", "service", "operation", "pointers"] },
  /** The same `jti` in another statement: someone else has it, or a client's generator is broken. */
  replayAlarm: { level: "error", words: ["exchange", "consumer", "source"] },
  /** A fault of the gateway's own, behind the code `internal`. */
  failed: { level: "error", words: ["exchange", "error"] },
  started: { level: "info", words: ["publicOrigin", "controlOrigin", "log", "version"] },
  /** Open intents of an earlier process were closed with `outcome-unknown`. */
  recovered: { level: "warn", words: ["leaves"] },
  registrySwapped: { level: "info", words: ["version"] },
  /** A changed registry could not be compiled; the one before keeps serving. */
  registryFailed: { level: "error", words: ["version", "error"] },
  ledgerFailed: { level: "error", words: ["leaves", "error"] },
  /** A master key of the evidence was made, there being no file. */
  evidenceKeyMade: { level: "warn", words: ["file"] },
  /** The time of a bucket of evidence was over. */
  evidenceDestroyed: { level: "info", words: ["bucket"] },
  /** It is over and could not be destroyed or cleared away; it is tried again within the hour. */
  evidenceStays: { level: "error", words: ["error"] },
  draining: { level: "info", words: ["exchanges"] },
  stopped: { level: "info", words: [] },
} as const satisfies Record<string, EventKind>;

type LogEvent = keyof typeof events;

/** One method an event, with exactly its words. A call costs nothing when its level is not written. */
export type Log = { readonly [E in LogEvent]: (words: Pick<Words, (typeof events)[E]["words"][number]>) => void };

/** What the exchange has to say. */
export type ExchangeLog = Pick<Log, "delivered" | "refused" | "responseFault" | "replayAlarm" | "failed">;

export interface LogOptions {
  readonly level: Level | "silent";
  /** File descriptor: 1, standard output, unless that belongs to a document. */
  readonly to?: number;
}

/**
 * Structured logs, one JSON object a line, without personal data. Lines are gathered and written aside at the latest after a second; a reader
 * that stops reading costs lines and not memory. `flush` writes what is left and belongs at the end of the process.
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
 * An error without its message, which may quote what was being parsed; the operating system's and SQLite's messages never do, and they are what an
 * operator needs.
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
