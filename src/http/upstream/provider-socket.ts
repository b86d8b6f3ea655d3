import type { Socket } from "node:net";
import { errors } from "undici";
import { noBytes } from "../../base/bytes.ts";

/** What a connection to a provider tells beyond undici. */
export interface ProviderSocket {
  /** A request is about to be written: its answer comes next. */
  expectAnswer(): void;
  /** Whether bytes of a request have not all left for the provider. Such a request did not arrive whole. */
  unsent(): boolean;
  /** Whether the provider has ended its side. What ended with it is whole only if nothing broke (RFC 9112 §8). */
  ended(): boolean;
  /** Whether writing or reading failed. */
  broken(): boolean;
  /** Whether this error closed the connection while the provider's side was still open: the fault is in what was read. */
  wasClosedFor(error: Error): boolean;
  destroy(): void;
}

/**
 * Stands between a socket and undici, before undici has it:
 *
 * - A write that fails does not close the socket. The provider may have answered before it had read everything, and that answer is still to
 *   be read (RFC 9112 §9.5). Reading ends soon by itself, since the connection is broken.
 * - Interim answers (RFC 9110 §15.2) are left out; undici takes a 100 that it has not asked for as a fault. 101 is no interim answer here:
 *   nothing was offered to switch to.
 */
export function watchSocket(socket: Socket): ProviderSocket {
  let underWay = false;
  let writeFailed = false;
  // A stream writes one thing at a time.
  let done: (error?: Error | null) => void;
  const settle = (error?: Error | null): void => {
    if (socket.destroyed) return done(error);
    if (error) writeFailed = true;
    else underWay = false;
    done(null);
  };
  const { _write: write, _writev: writev, push } = socket;
  socket._write = (chunk, encoding, callback) => {
    underWay = true;
    done = callback;
    write.call(socket, chunk, encoding, settle);
  };
  socket._writev = (chunks, callback) => {
    underWay = true;
    done = callback;
    writev!.call(socket, chunks, settle);
  };

  let finalOnly: ((chunk: Buffer) => Buffer | undefined) | undefined;
  let expecting = false;
  socket.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    if (!expecting || chunk === null) return push.call(socket, chunk, encoding);
    // "HTTP/1.1 2": nearly every answer, decided by one byte.
    if (finalOnly === undefined && chunk.length >= shortest && chunk[9] !== 0x31) {
      expecting = false;
      return push.call(socket, chunk);
    }
    finalOnly ??= withoutInterim();
    let rest: Buffer | undefined;
    try {
      rest = finalOnly(chunk);
    } catch (error) {
      socket.destroy(error as Error);
      return false;
    }
    if (rest === undefined) return true;
    finalOnly = undefined;
    expecting = false;
    return push.call(socket, rest);
  };

  return {
    expectAnswer: () => void (expecting = true),
    unsent: () => underWay,
    ended: () => socket.readableEnded || socket.errored !== null,
    broken: () => writeFailed || socket.errored !== null,
    wasClosedFor: (error) => !socket.readableEnded && socket.errored === error,
    destroy: () => void socket.destroy(),
  };
}

/** As much as undici takes for the head of an answer. */
const maxInterimBytes = 16_384;
const shortest = "HTTP/1.1 100".length;
const interim = /^HTTP\/1\.[01] 1(?!01)[0-9]{2}(?: [^\r\n]*)?\r\n(?:[^\s:]+:[^\r\n]*\r\n)*\r\n/;
const maybeInterim = /^(?:H|HT|HTT|HTTP|HTTP\/|HTTP\/1|HTTP\/1\.|HTTP\/1\.[01](?: (?:1[0-9]{0,2})?)?)$/;

/** Gives nothing until the final answer begins, then what has come of it. Throws beyond the bound. */
function withoutInterim(): (chunk: Buffer) => Buffer | undefined {
  let held = noBytes;
  let dropped = 0;
  return (chunk) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    while (held.length > 0 && maybeInterim.test(held.toString("latin1", 0, shortest))) {
      const end = held.indexOf("\r\n\r\n");
      if (dropped + (end < 0 ? held.length : end) > maxInterimBytes) throw new errors.HeadersOverflowError();
      if (end < 0) return undefined;
      if (!interim.test(held.toString("latin1", 0, end + 4))) return held;
      dropped += end + 4;
      held = held.subarray(end + 4);
    }
    return held.length === 0 ? undefined : held;
  };
}
