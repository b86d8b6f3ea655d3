import { Problem } from "../base/problem.ts";
import type { Message } from "../base/message.ts";
import { instanceForm, memberForm, versionForm, type ServiceId } from "../base/names.ts";
import { digestForm } from "../trust/content-digest.ts";
import type { Gateway } from "./ports.ts";

/** The head of a request after check 1 (protocol §2): every part has its form, and what may come once came once. */
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
  readonly contentType: string | undefined;
  /** Whether the framing announces content. */
  readonly framed: boolean;
  readonly accept: string | undefined;
  readonly acceptLanguage: string | undefined;
  readonly traceparent: string | undefined;
  readonly wantsReceipt: boolean;
}

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]);
const once = new Set(["host", "content-type", "content-length", "content-digest", "transfer-encoding", "expect"]);
const refused = new Set(["content-encoding", "range", "x-http-method-override", "x-http-method", "x-method-override"]);

const pathForm = /^(?:\/(?:[A-Za-z0-9._~!$&'()*+,=:@-]|%[0-9A-F]{2})+)*\/?$/;
const dotSegment = /\/\.{1,2}(?:\/|$)/;

/** Escapes of unreserved characters, `/`, `\`, `%` and controls: they would make two spellings of one path. */
const forbiddenEscape = /%(?:[01][0-9A-F]|7F|2[DEF5]|3[0-9]|[46][1-9A-F]|[57][0-9A]|5[CF]|7E)/;
const queryForm = /^\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*$/;

function malformed(id: string, en: string): Problem {
  return new Problem("request-malformed", { detail: { id, en } });
}

/** Check 1: framing, names, path. */
export function readRequestHead(message: Message, { authority, maxPathBytes }: Pick<Gateway, "authority" | "maxPathBytes">): RequestHead {
  if (!methods.has(message.method))
    throw malformed("Metode harus GET, HEAD, POST, PUT, PATCH atau DELETE.", "The method must be GET, HEAD, POST, PUT, PATCH or DELETE.");
  if (message.target.length > maxPathBytes)
    throw malformed(`Jalur dengan kueri paling panjang ${maxPathBytes} bita.`, `Path and query may have at most ${maxPathBytes} bytes.`);
  const { path, query } = readTarget(message.target);
  const fields = readFields(message.fields);
  if (fields.get("host") !== authority) throw malformed(`Host harus ${authority}.`, `Host must be ${authority}.`);
  const digest = fields.get("content-digest");
  if (digest === undefined || !digestForm.test(digest)) {
    throw malformed(
      "Content-Digest harus ada dan berbentuk sha-256=:<44 karakter>:.",
      "Content-Digest must be present, in the form sha-256=:<44 characters>:.",
    );
  }
  const contentType = fields.get("content-type");
  const coding = fields.get("transfer-encoding");
  if (coding !== undefined && coding.toLowerCase() !== "chunked")
    throw malformed("Transfer-Encoding hanya boleh chunked.", "Transfer-Encoding may only be chunked.");
  const framed = coding !== undefined || (fields.get("content-length") ?? "0") !== "0";
  if (contentType !== undefined && !framed) throw malformed("Content-Type tanpa isi.", "Content-Type without content.");
  if (framed && (message.method === "GET" || message.method === "HEAD")) {
    throw malformed(`${message.method} tidak boleh membawa isi.`, `${message.method} may not carry content.`);
  }
  if ((fields.get("expect") ?? "100-continue").toLowerCase() !== "100-continue")
    throw malformed("Expect hanya boleh 100-continue.", "Expect may only be 100-continue.");
  return {
    method: message.method,
    path,
    query,
    ...splitPath(path),
    signature: fields.get("spl-signature"),
    batched: fields.has("spl-statement") || fields.has("spl-inclusion"),
    digest,
    contentType,
    framed,
    accept: fields.get("accept"),
    acceptLanguage: fields.get("accept-language"),
    traceparent: fields.get("traceparent"),
    wantsReceipt:
      fields
        .get("prefer")
        ?.split(",")
        .some((preference) => preference.trim() === "receipt=full") ?? false,
  };
}

function readTarget(target: string): { path: string; query: string } {
  if (!target.startsWith("/"))
    throw malformed("Target permintaan harus berbentuk asal (/jalur?kueri).", "The request-target must be in origin form (/path?query).");
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? "" : target.slice(mark);
  if (!pathForm.test(path) || dotSegment.test(path) || forbiddenEscape.test(path)) {
    throw malformed(
      "Jalur tidak dalam bentuk baku: tanpa segmen kosong atau titik, tanpa ; \\ #, huruf besar pada %XX, dan tanpa % untuk karakter biasa.",
      "The path is not in canonical form: no empty or dot segments, no ; \\ #, upper-case %XX, and no % for a plain character.",
    );
  }
  if (query !== "" && !queryForm.test(query))
    throw malformed("Kueri memuat bita di luar RFC 3986.", "The query holds bytes outside RFC 3986.");
  return { path, query };
}

/** Lower-cased names to values. A field that matters may come once; one that could smuggle meaning past the checks may not come. */
function readFields(raw: readonly string[]): Map<string, string> {
  const fields = new Map<string, string>();
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i]!.toLowerCase();
    if (name.includes("_") && name.replaceAll("_", "-").startsWith("spl-")) {
      throw malformed("Kolom Spl-* ditulis dengan garis bawah.", "An Spl-* field is spelled with an underscore.");
    }
    if (refused.has(name) || name.startsWith("if-")) throw malformed(`Kolom ${name} tidak diterima.`, `The field ${name} is not accepted.`);
    if (fields.has(name) && (once.has(name) || name.startsWith("spl-"))) {
      throw malformed(`Kolom ${name} hanya boleh satu kali.`, `The field ${name} may come only once.`);
    }
    const earlier = fields.get(name);
    fields.set(name, earlier === undefined ? raw[i + 1]! : `${earlier}, ${raw[i + 1]!}`);
  }
  return fields;
}

const servicePath = /^\/r1\/((?:[A-Za-z][A-Za-z0-9.:-]{0,31}\/){2}(?:[A-Za-z0-9]{2,32}\/){3}v(?:0|[1-9][0-9]{0,5}))(?=\/|$)/;

/** `/r1/<instance>/<class>/<member>/<subsystem>/<service>/<version>` and what follows; all but the first lines is for who got it wrong. */
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
  ) {
    throw malformed(
      "Nama dalam jalur salah bentuk; yang benar /r1/<instansi>/<kelas>/<anggota>/<subsistem>/<layanan>/v<angka>.",
      "A name in the path is malformed; it should be /r1/<instance>/<class>/<member>/<subsystem>/<service>/v<number>.",
    );
  }
  return { service: undefined, rest: "" };
}
