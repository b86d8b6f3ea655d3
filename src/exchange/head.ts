import { Problem } from "../base/problem.ts";
import type { Message } from "../base/message.ts";
import { isPath, isQuery } from "../base/request-target.ts";
import { instanceForm, memberForm, versionForm, type ServiceId } from "../base/names.ts";
import type { Text } from "../base/text.ts";
import { digestForm } from "../trust/content-digest.ts";
import { messages } from "./messages.ts";
import type { Gateway } from "./ports.ts";
import { prefers } from "./preference.ts";

/**
 * The head of a request after check 1 (protocol §2): every part is well-formed, and no field that must be unique is
 * repeated.
 */
export interface RequestHead {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  /** With its `?`; `?` alone when empty, `""` when there is none: the form of `htq`. */
  readonly query: string;
  /** `undefined` if the path does not name a service version. */
  readonly service: ServiceId | undefined;
  /** The path after the version segment, `""` or beginning with a slash. */
  readonly rest: string;
  readonly signature: string | undefined;
  /** Profile B's fields: this gateway does not offer it. */
  readonly batched: boolean;
  readonly digest: string;
  /** Of content: what a library adds where the framing announces none is passed over (RFC 9110 §8.3 does not forbid it). */
  readonly contentType: string | undefined;
  /** Whether the framing announces content. */
  readonly framed: boolean;
  readonly accept: string | undefined;
  readonly acceptLanguage: string | undefined;
  readonly traceparent: string | undefined;
  readonly wantsReceipt: boolean;
}

/** The methods of requests (protocol §2). */
export const requestMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
const methods = new Set(requestMethods);
const once = new Set(["host", "content-type", "content-length", "content-digest", "transfer-encoding", "expect"]);
const refused = new Set(["content-encoding", "range", "x-http-method-override", "x-http-method", "x-method-override"]);

const malformed = (detail: Text): Problem => new Problem("request-malformed", { detail });

/** Check 1: framing, names, path. */
export function readRequestHead(
  message: Message,
  { publicOrigin, authority, maxPathBytes }: Pick<Gateway, "publicOrigin" | "authority" | "maxPathBytes">,
): RequestHead {
  requireVersion(message);
  if (!methods.has(message.method)) throw malformed(messages.methodNotAllowed);
  if (message.target.length > maxPathBytes) throw malformed(messages.targetTooLong(maxPathBytes));
  const { path, query } = readTarget(message.target);
  const fields = readFields(message.fields, refuseField);
  requireAuthority(fields, { publicOrigin, authority });
  const digest = fields.get("content-digest");
  if (digest === undefined || !digestForm.test(digest)) throw malformed(messages.digestForm);
  const framed = readFraming(message, fields);
  if ((fields.get("expect") ?? "100-continue").toLowerCase() !== "100-continue") throw malformed(messages.expectation);
  return {
    method: message.method,
    path,
    query,
    ...splitPath(path),
    signature: fields.get("spl-signature"),
    batched: fields.has("spl-statement") || fields.has("spl-inclusion"),
    digest,
    contentType: framed ? fields.get("content-type") : undefined,
    framed,
    accept: fields.get("accept"),
    acceptLanguage: fields.get("accept-language"),
    traceparent: fields.get("traceparent"),
    wantsReceipt: prefers(fields.get("prefer"), "receipt", "full"),
  };
}

/** What check 1 asks of a request for a page, too. `ofAnyHost`: for the page that shows what arrived. */
export function requirePageHead(
  message: Pick<Message, "method" | "httpVersion" | "fields">,
  authority: Pick<Gateway, "publicOrigin" | "authority">,
  ofAnyHost: boolean,
): void {
  requireVersion(message);
  const fields = readFields(message.fields);
  if (!ofAnyHost) requireAuthority(fields, authority);
  readFraming(message, fields);
}

/** A request line that another recipient could read otherwise is refused; so is another protocol than HTTP/1 (RFC 9110 §2.5). */
function requireVersion({ httpVersion }: Pick<Message, "httpVersion">): void {
  if (httpVersion === "") throw malformed(messages.requestLine);
  if (!httpVersion.startsWith("1.")) throw new Problem("http-version-unsupported");
}

/** Whether the framing announces content. */
function readFraming({ method, httpVersion }: Pick<Message, "method" | "httpVersion">, fields: ReadonlyMap<string, string>): boolean {
  const coding = fields.get("transfer-encoding");
  if (coding !== undefined && coding.toLowerCase() !== "chunked") throw malformed(messages.transferCoding);
  // RFC 9112 §6.1: its framing is faulty, for a recipient of HTTP/1.0 knows no transfer codings.
  if (coding !== undefined && httpVersion === "1.0") throw malformed(messages.transferCodingOfOldVersion);
  const framed = coding !== undefined || (fields.get("content-length") ?? "0") !== "0";
  if (framed && (method === "GET" || method === "HEAD")) throw malformed(messages.contentNotAllowed(method));
  return framed;
}

function requireAuthority(
  fields: ReadonlyMap<string, string>,
  { authority, publicOrigin }: Pick<Gateway, "publicOrigin" | "authority">,
): void {
  if (!namesAuthority(fields.get("host"), authority, publicOrigin)) throw malformed(messages.hostMustBe(authority));
}

/**
 * Whether host and port, as in `Host`, are this authority: case and the default port of the scheme with which `uri` begins
 * make no difference (RFC 9110 §4.2.3).
 */
export function namesAuthority(host: string | undefined, authority: string, uri: string): boolean {
  if (host === authority || host === undefined) return host !== undefined;
  const defaultPort = uri.startsWith("https:") ? ":443" : ":80";
  const lower = host.toLowerCase();
  return lower === authority || lower === authority + defaultPort || lower === `${authority}:`;
}

function readTarget(target: string): { path: string; query: string } {
  if (!target.startsWith("/")) throw malformed(messages.targetForm);
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? "" : target.slice(mark);
  if (!isPath(path)) throw malformed(messages.pathForm);
  if (query !== "" && !isQuery(query)) throw malformed(messages.queryForm);
  return { path, query };
}

/** Values by lower-cased name; `judge` hears of each. A field that the checks read must be unique. */
function readFields(raw: readonly string[], judge?: (name: string) => void): Map<string, string> {
  const fields = new Map<string, string>();
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i]!.toLowerCase();
    judge?.(name);
    if (fields.has(name) && (once.has(name) || name.startsWith("spl-"))) throw malformed(messages.fieldRepeated(name));
    const earlier = fields.get(name);
    fields.set(name, earlier === undefined ? raw[i + 1]! : `${earlier}, ${raw[i + 1]!}`);
  }
  return fields;
}

/** A field that could change an exchange past the checks is refused. */
function refuseField(name: string): void {
  if (name.includes("_") && name.replaceAll("_", "-").startsWith("spl-")) throw malformed(messages.fieldWithUnderscore);
  if (refused.has(name) || name.startsWith("if-")) throw malformed(messages.fieldNotAccepted(name));
}

const servicePath = /^\/r1\/((?:[A-Za-z][A-Za-z0-9.:-]{0,31}\/){2}(?:[A-Za-z0-9]{2,32}\/){3}v(?:0|[1-9][0-9]{0,5}))(?=\/|$)/;

/**
 * `/r1/<instance>/<class>/<member>/<subsystem>/<service>/<version>` and the rest. All but the first lines only run for
 * malformed names, to explain the fault.
 */
function splitPath(path: string): Pick<RequestHead, "service" | "rest"> {
  const service = servicePath.exec(path)?.[1];
  if (service !== undefined) return { service, rest: path.slice("/r1/".length + service.length) };
  const parts = path.split("/", 8);
  if (parts[1] !== "r1") return { service: undefined, rest: "" };
  const [instance, memberClass, ...names] = parts.slice(2);
  const version = names[3];
  if (
    (instance !== undefined && !instanceForm.test(instance)) ||
    (memberClass !== undefined && !instanceForm.test(memberClass)) ||
    names.slice(0, 3).some((name) => !memberForm.test(name)) ||
    (version !== undefined && !versionForm.test(version))
  )
    throw malformed(messages.pathNames);
  return { service: undefined, rest: "" };
}
