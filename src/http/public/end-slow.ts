import type { Server } from "node:http";
import type { Socket } from "node:net";
import { newestOn } from "./bound-waiting.ts";
import { isClosing } from "./close-gently.ts";

export interface PaceLimits {
  /** The least average of bytes that wait to be read or sent. */
  readonly minBytesPerSecond: number;
  /** How long content may come as it likes, and for how long an answer may wait to be taken, before that counts (ms). */
  readonly contentGraceMs: number;
  readonly answerGraceMs: number;
}

/** Since when (ms) something has been under way without a break, and how many bytes of the connection there had been then. */
interface Span {
  readonly since: number;
  readonly bytes: number;
}

/** Whether fewer bytes have come or gone than the rate asks for, once the time of grace is over. */
const isTooSlow = ({ since, bytes }: Span, bytesNow: number, now: number, graceMs: number, minBytesPerSecond: number): boolean =>
  now - since > graceMs + ((bytesNow - bytes) * 1000) / minBytesPerSecond;

const everyMs = 1000;

/**
 * Ends connections whose caller keeps the gateway waiting a little at a time: content that trickles in, and answers that are taken byte
 * by byte (slow read). Each answer may take its time of grace and its size by the rate; a caller that takes nothing at all is ended
 * sooner (`endUnread`). A head has to arrive within a fixed time (`headersTimeout`). Gives back the look that it takes at all connections
 * every second, at `now` (ms).
 */
export function endSlow(server: Server, { minBytesPerSecond, contentGraceMs, answerGraceMs }: PaceLimits): (now: number) => void {
  const open = new Map<Socket, { content?: Span | undefined; answer?: Span | undefined }>();
  const look = (now: number): void => {
    for (const [socket, spans] of open) {
      // That has bounds of its own.
      if (isClosing(socket)) continue;
      const request = newestOn(socket)?.req;
      spans.content = request === undefined || request.complete ? undefined : (spans.content ?? { since: now, bytes: socket.bytesRead });
      const waiting = socket.writableLength;
      const given = waiting === 0 ? 0 : socket.bytesWritten;
      spans.answer = waiting === 0 ? undefined : (spans.answer ?? { since: now, bytes: given - waiting });
      if (
        (spans.content !== undefined && isTooSlow(spans.content, socket.bytesRead, now, contentGraceMs, minBytesPerSecond)) ||
        (spans.answer !== undefined && isTooSlow(spans.answer, given, now, answerGraceMs, minBytesPerSecond))
      )
        socket.destroy();
    }
  };
  server.on("connection", (socket: Socket) => {
    open.set(socket, {});
    socket.once("close", () => open.delete(socket));
  });
  const timer = setInterval(() => look(performance.now()), everyMs);
  timer.unref();
  server.once("close", () => clearInterval(timer));
  return look;
}
