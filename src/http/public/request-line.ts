import { METHODS, type IncomingMessage } from "node:http";

/** Requests whose first line is not written as RFC 9112 §3 has it. */
const misspelled = new WeakSet<IncomingMessage>();

interface Parser {
  /** The bytes that are being parsed, while a request is handed over. */
  getCurrentBuffer?(): Buffer;
}

/**
 * Looks at the request line as it arrived: Node's parser tells method and target only, and takes several spaces between them and
 * another protocol's name, which the next recipient may read otherwise (RFC 9112 §3). To be called while the parser hands the
 * request over. A line that came in an earlier packet than the end of its head is not seen; the first line of a connection is
 * judged before (`judgeFirstLine`).
 */
export function noteRequestLine(request: IncomingMessage): void {
  const { parser } = request.socket as { parser?: Parser | null };
  const bytes = parser?.getCurrentBuffer?.();
  if (bytes === undefined) return;
  const { method = "", url = "" } = request;
  if (bytes.includes(`${method} ${url} HTTP/${request.httpVersion}\r`, 0, "latin1")) return;
  for (let at = bytes.indexOf(method, 0, "latin1"); at >= 0; at = bytes.indexOf(method, at + 1, "latin1")) {
    const end = bytes.indexOf(0x0d, at);
    const parts = bytes.toString("latin1", at, end < 0 ? bytes.length : end).split(" ");
    const [first, second] = parts.filter((part) => part !== "");
    if (first === method && second === url) return void misspelled.add(request);
  }
}

/** The version in the request line; `""` where the line is not written as it should be. */
export const httpVersionOf = (request: IncomingMessage): string => (misspelled.has(request) ? "" : request.httpVersion);

/**
 * The first line of a connection, before anything is parsed: `more` if it is not whole yet, `wrong` if it is none of RFC 9112 §3, such as
 * one of HTTP/0.9, which Node's parser takes for a head that has yet to end. What that parser refuses at once is left to it (`right`).
 */
export function judgeFirstLine(bytes: Buffer, maxBytes: number): "more" | "right" | "wrong" {
  const begin = bytes.findIndex((byte) => byte !== 0x0d && byte !== 0x0a);
  if (begin < 0) return bytes.length < maxBytes ? "more" : "right";
  const end = bytes.indexOf(0x0a, begin);
  if (end >= 0) return requestLine.test(bytes.toString("latin1", begin, end)) ? "right" : "wrong";
  const [method = "", rest] = bytes.toString("latin1", begin, begin + longestMethod + 1).split(" ");
  const mayFollow = rest === undefined ? METHODS.some((known) => known.startsWith(method)) : METHODS.includes(method);
  return mayFollow && bytes.length < maxBytes ? "more" : "right";
}

const longestMethod = Math.max(...METHODS.map((method) => method.length));
const requestLine = /^[!-~]+ [^ ]+ HTTP\/\d\.\d\r$/;
