import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer, Message, Peer } from "../../base/message.ts";
import { Problem } from "../../base/problem.ts";
import { newestOn } from "./bound-waiting.ts";
import { messages } from "./messages.ts";
import { httpVersionOf } from "./request-line.ts";

/** A request of node:http as a `Message`. `expects`: the caller waits for `100 Continue`. */
export function messageOf(request: IncomingMessage, response: ServerResponse, peer: Peer, expects: boolean, now: number): Message {
  return {
    method: request.method ?? "",
    httpVersion: httpVersionOf(request),
    target: request.url ?? "",
    fields: request.rawHeaders,
    peer,
    receivedAt: now,
    gone: () => request.socket.destroyed,
    readContent(maxBytes) {
      if (Number(request.headers["content-length"] ?? 0) > maxBytes) return Promise.reject(tooLarge(maxBytes));
      if (expects) response.writeContinue();
      return collect(request, maxBytes);
    },
  };
}

/** Requests whose content cannot be completed, and why. */
const faults = new WeakMap<IncomingMessage, Problem>();
const contentBroken = Symbol("content broken");

/** Marks the rest of this request's content as unreadable: reading it, now or later, rejects with the problem. */
export function breakContent(request: IncomingMessage, problem: Problem): void {
  faults.set(request, problem);
  request.emit(contentBroken);
}

function collect(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        request.pause();
        reject(tooLarge(maxBytes));
      } else chunks.push(chunk);
    });
    request.on("end", () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    const gone = (): void => reject(new Problem("caller-gone"));
    const broken = (): void => reject(faults.get(request)!);
    if (faults.has(request)) return broken();
    if (request.destroyed) return gone();
    request.on(contentBroken, broken);
    request.on("aborted", gone);
    request.on("error", gone);
    request.on("close", gone);
  });
}

const tooLarge = (maxBytes: number): Problem => new Problem("content-too-large", { detail: messages.contentTooLarge(maxBytes) });

/**
 * Writes the answer; `last` closes the connection, unless the answer to a request behind this one has yet to be sent. A
 * connection on which unread content may still arrive is closed too, so that no one waits for or buffers it.
 */
export function respond(request: IncomingMessage, response: ServerResponse, answer: Answer, last: boolean): void {
  if (response.destroyed) return;
  const fields = [...answer.fields];
  const bodiless = request.method === "HEAD" || answer.status === 204;
  if (!bodiless) fields.push("Content-Length", String(answer.content.length));
  const isLast = last || request.socket.readableEnded;
  if ((isLast && newestOn(request.socket) === response) || !request.complete) fields.push("Connection", "close");
  response.writeHead(answer.status, fields);
  response.end(bodiless ? undefined : answer.content);
}
