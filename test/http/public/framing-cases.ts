import type { RequestChange } from "../../support/wire.ts";

/** What a case is made of: heads of requests that are signed for it, each with a statement of its own. */
export interface Signer {
  /** The authority. */
  readonly host: string;
  /** Content that the contract takes. */
  readonly content: string;
  get(change?: RequestChange): string;
  post(change?: RequestChange): string;
}

/** A way to frame or to write requests, and how many of them a gateway executes. */
export type FramingCase = readonly [name: string, bytes: (s: Signer) => string, executed: number];

const length = (value: string | undefined, ...lines: string[]): RequestChange => ({ instead: { "Content-Length": value }, lines });
const coded = (...lines: string[]): RequestChange => length(undefined, ...lines);
const hex = (text: string): string => text.length.toString(16);
const chunks = (text: string): string => `${hex(text)}\r\n${text}\r\n0\r\n\r\n`;
const inChunks = (s: Signer, body: string): string => s.post(coded("Transfer-Encoding: chunked")) + body;
const lineOf = (s: Signer, ...lines: string[]): string => s.get({ lines });
/** With another first line. */
const begun = (head: string, line: string): string => line + head.slice(head.indexOf("\r\n"));
const targetOf = (head: string): string => head.split(" ")[1]!;

const lengthAndCoding: readonly FramingCase[] = [
  ["a length and chunks", (s) => s.post({ lines: ["Transfer-Encoding: chunked"] }) + chunks(s.content), 0],
  [
    "chunks and a length behind",
    (s) => s.post(coded("Transfer-Encoding: chunked", `Content-Length: ${s.content.length}`)) + chunks(s.content),
    0,
  ],
  [
    "a length that covers the last chunk, and a request behind it",
    (s) => {
      const next = s.get();
      return s.post({ lines: ["Transfer-Encoding: chunked"], instead: { "Content-Length": String(5 + next.length) } }) + `0\r\n\r\n${next}`;
    },
    0,
  ],
  ["a length of nothing beside chunks", (s) => s.post({ ...length("0", "Transfer-Encoding: chunked") }) + chunks(s.content), 0],
  [
    "a request as content of a GET with a length",
    (s) => {
      const inner = s.get();
      return s.get({ lines: [`Content-Length: ${inner.length}`] }) + inner;
    },
    0,
  ],
  ["a request as content of a GET in chunks", (s) => s.get({ lines: ["Transfer-Encoding: chunked"] }) + chunks(s.get()), 0],
  ["a request behind a POST that announces nothing", (s) => s.post(coded()) + s.get(), 1],
  [
    "a request as content of a POST, with its right digest",
    (s) => {
      const content = Buffer.from(s.get(), "latin1");
      return s.post({ content }) + content.toString("latin1");
    },
    0,
  ],
  ["a request behind content that is one byte short", (s) => s.post(length(String(s.content.length - 1))) + s.content + s.get(), 0],
  ["a request that is the end of content that is too long", (s) => s.post(length(String(s.content.length + 40))) + s.content + s.get(), 0],
];

/** Values of `Transfer-Encoding` that are not `chunked`, and those that are. */
const codings: readonly FramingCase[] = [
  ...[
    "identity",
    "gzip",
    "gzip, chunked",
    "chunked, gzip",
    "chunked, chunked",
    "chunked, identity",
    "xchunked",
    "chunkedx",
    "chunked;q=1",
  ].map((value): FramingCase => [`the coding ${value}`, (s) => s.post(coded(`Transfer-Encoding: ${value}`)) + chunks(s.content), 0]),
  ...['"chunked"', "chunked,", ", chunked", "chunk ed", "\x0bchunked", "chunked\x0b", "chunk\xe9d", "chunked\0", ""].map(
    (value): FramingCase => [
      `the coding ${JSON.stringify(value)}`,
      (s) => s.post(coded(`Transfer-Encoding: ${value}`)) + chunks(s.content),
      0,
    ],
  ),
  ...["Chunked", "CHUNKED", "chunked ", "\tchunked"].map((value): FramingCase => [
    `the coding ${JSON.stringify(value)}, which is chunked`,
    (s) => s.post(coded(`Transfer-Encoding:${value}`)) + chunks(s.content),
    1,
  ]),
  ...[
    "Transfer-Encoding ",
    " Transfer-Encoding",
    "Transfer_Encoding",
    "Transfer-Encoding\t",
    "X-Transfer-Encoding",
    "Transfer-Encoding\0",
  ].map((name): FramingCase => [`the field ${JSON.stringify(name)}`, (s) => s.post(coded(`${name}: chunked`)) + chunks(s.content), 0]),
  ["the field in capitals", (s) => s.post(coded("TRANSFER-ENCODING: chunked")) + chunks(s.content), 1],
  ...[
    ["chunked", "identity"],
    ["identity", "chunked"],
    ["chunked", "chunked"],
    ["chunked", "x"],
  ].map((two): FramingCase => [
    `two codings, ${two.join(" and ")}`,
    (s) => s.post(coded(...two.map((value) => `Transfer-Encoding: ${value}`))) + chunks(s.content),
    0,
  ]),
  ["the coding in a folded line", (s) => s.post(coded("Transfer-Encoding:", " chunked")) + chunks(s.content), 0],
  ["the coding behind a line feed alone", (s) => s.post(coded("X-A: b\nTransfer-Encoding: chunked")) + chunks(s.content), 0],
];

const lengths: readonly FramingCase[] = [
  ...[
    "+27",
    "-27",
    "0x1b",
    "27,27",
    "27, 27",
    "27 27",
    "27;",
    "2 7",
    "27.0",
    "2\xb97",
    "18446744073709551643",
    "4294967323",
    "27\0",
    "1e1",
  ].map((value): FramingCase => [`the length ${JSON.stringify(value)}`, (s) => s.post(length(value)) + s.content, 0]),
  ["an empty length", (s) => s.post(length("")) + s.content, 0],
  ["a length with zeros before it", (s) => s.post(length(`000${s.content.length}`)) + s.content, 1],
  ["two lengths that agree", (s) => s.post({ lines: [`Content-Length: ${s.content.length}`] }) + s.content, 0],
  ["two lengths that differ", (s) => s.post({ lines: ["Content-Length: 5"] }) + s.content, 0],
  ["two lengths, of which one is no number", (s) => s.post({ lines: ["Content-Length: x"] }) + s.content, 0],
  ["a space before the colon of the length", (s) => s.post(coded(`Content-Length : ${s.content.length}`)) + s.content, 0],
  ["a length with an underscore", (s) => s.post(coded(`Content_Length: ${s.content.length}`)) + s.content, 0],
  ["content that never comes", (s) => s.post(), 0],
  ["content that breaks off", (s) => s.post() + s.content.slice(0, 9), 0],
];

const sizes: readonly FramingCase[] = [
  ...["0x", "+", "-", " ", "\t", "z", "0\0"].map((before): FramingCase => [
    `a chunk size behind ${JSON.stringify(before)}`,
    (s) => inChunks(s, before + chunks(s.content)),
    0,
  ]),
  ["no chunk size", (s) => inChunks(s, `\r\n${s.content}\r\n0\r\n\r\n`), 0],
  ["a chunk size beyond 64 bits", (s) => inChunks(s, `1000000000000000${chunks(s.content)}`), 0],
  ["a chunk size of 63 bits", (s) => inChunks(s, `7fffffffffffffff\r\n${s.content}\r\n0\r\n\r\n`), 0],
  [
    "a chunk size in capitals, with zeros before it",
    (s) => inChunks(s, `000${chunks(s.content).replace(/^\w+/, (size) => size.toUpperCase())}`),
    1,
  ],
  ["a chunk extension", (s) => inChunks(s, chunks(s.content).replace("\r\n", ';a="b"\r\n')), 1],
  ["a chunk extension with a line feed", (s) => inChunks(s, chunks(s.content).replace("\r\n", ";a\nb\r\n")), 0],
  ["chunk extensions without end", (s) => inChunks(s, chunks(s.content).replace("\r\n", `;${"a".repeat(70_000)}\r\n`)), 0],
  ["a chunk size that ends in a line feed", (s) => inChunks(s, chunks(s.content).replace("\r\n", "\n")), 0],
  ["a chunk size that ends in a carriage return", (s) => inChunks(s, chunks(s.content).replace("\r\n", "\r")), 0],
  ["a chunk longer than its size", (s) => inChunks(s, `5\r\n${s.content}\r\n0\r\n\r\n`), 0],
  ["a chunk shorter than its size, and a request", (s) => inChunks(s, `ff\r\n${s.content}\r\n0\r\n\r\n${s.get()}`), 0],
  ["a chunk without an end of its line", (s) => inChunks(s, `${hex(s.content)}\r\n${s.content}0\r\n\r\n`), 0],
  ["a chunk whose line ends in a line feed", (s) => inChunks(s, `${hex(s.content)}\r\n${s.content}\n0\r\n\r\n`), 0],
  ["no last chunk", (s) => inChunks(s, `${hex(s.content)}\r\n${s.content}\r\n`), 0],
  ["a last chunk whose lines end in line feeds", (s) => inChunks(s, `${hex(s.content)}\r\n${s.content}\r\n0\n\n`), 0],
  ["no chunk but the last", (s) => inChunks(s, "0\r\n\r\n"), 0],
  ["a trailer that would be the length", (s) => inChunks(s, chunks(s.content).replace(/\r\n$/, "Content-Length: 5\r\n\r\n")), 0],
  ["a trailer that would be the statement", (s) => inChunks(s, chunks(s.content).replace(/\r\n$/, "Spl-Signature: a\r\n\r\n")), 1],
  ["a trailer with a NUL", (s) => inChunks(s, chunks(s.content).replace(/\r\n$/, "X-A: a\0b\r\n\r\n")), 0],
  ["a request behind the last chunk", (s) => inChunks(s, chunks(s.content) + s.get()), 2],
];

const lines: readonly FramingCase[] = [
  ["line feeds alone", (s) => s.get().replaceAll("\r\n", "\n"), 0],
  ["carriage returns alone", (s) => s.get().replaceAll("\r\n", "\r"), 0],
  ["a line feed alone behind the first line", (s) => s.get().replace("\r\n", "\n"), 0],
  ["a line feed alone at the end of the head", (s) => s.get().replace(/\r\n\r\n$/, "\r\n\n"), 0],
  ["line feeds alone at the end of the head", (s) => s.get().replace(/\r\n\r\n$/, "\n\n"), 0],
  ["a doubled carriage return", (s) => s.get().replace("\r\n", "\r\r\n"), 0],
  ["a carriage return in a value", (s) => lineOf(s, "X-A: a\rSpl-Signature: b"), 0],
  ["a line feed in a value", (s) => lineOf(s, "X-A: a\nSpl-Signature: b"), 0],
  ["a folded line, with a space", (s) => lineOf(s, "X-A: a", " b"), 0],
  ["a folded line, with a tab", (s) => lineOf(s, "X-A: a", "\tb"), 0],
  ["a folded first field", (s) => s.get().replace("\r\n", "\r\n X-A: b\r\n"), 0],
  ["a folded statement", (s) => s.get().replace(/(Spl-Signature: \S{20})/, "$1\r\n "), 0],
  ...["\0", "\x01", "\x08", "\x7f"].map((byte): FramingCase => [
    `the byte ${JSON.stringify(byte)} in a value`,
    (s) => lineOf(s, `X-A: a${byte}b`),
    0,
  ]),
  ...["\0", "\x01", "(", "[", "@", "\xe9", " ", "\t", '"'].map((byte): FramingCase => [
    `the byte ${JSON.stringify(byte)} in a field's name`,
    (s) => lineOf(s, `X${byte}A: b`),
    0,
  ]),
  ["a space before a colon", (s) => lineOf(s, "X-A : b"), 0],
  ["a field without a name", (s) => lineOf(s, ": b"), 0],
  ["a line without a colon", (s) => lineOf(s, "X-A"), 0],
  ["a value of bytes beyond ASCII, which nobody reads", (s) => lineOf(s, "X-A: \xc3\xa9"), 1],
  ["no end of the head", (s) => s.get().slice(0, -2), 0],
];

const doubled: readonly FramingCase[] = [
  ["two equal Hosts", (s) => lineOf(s, `Host: ${s.host}`), 0],
  ["two Hosts", (s) => lineOf(s, "Host: lain.example"), 0],
  ["a list of Hosts", (s) => s.get({ instead: { Host: `${s.host}, ${s.host}` } }), 0],
  ["no Host", (s) => s.get({ instead: { Host: undefined } }), 0],
  ["an empty Host", (s) => s.get({ instead: { Host: "" } }), 0],
  ["another Host", (s) => s.get({ instead: { Host: "lain.example" } }), 0],
  ["a Host with userinfo", (s) => s.get({ instead: { Host: `a@${s.host}` } }), 0],
  ["a Host with a path", (s) => s.get({ instead: { Host: `${s.host}/a` } }), 0],
  ["two equal digests", (s) => s.get({ lines: [/Content-Digest: \S+/.exec(s.get())![0]] }), 0],
  ["two digests", (s) => lineOf(s, "Content-Digest: sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:"), 0],
  ["a second statement", (s) => lineOf(s, /Spl-Signature: \S+/.exec(s.get())![0]), 0],
  ["a second statement in capitals", (s) => lineOf(s, /Spl-Signature: \S+/.exec(s.get())![0].toUpperCase()), 0],
  ["a statement with an underscore", (s) => lineOf(s, "Spl_Signature: a"), 0],
  ["two fields of the gateway", (s) => lineOf(s, "Spl-Exchange: a", "Spl-Exchange: b"), 0],
  ["a statement of profile B", (s) => lineOf(s, "Spl-Statement: a"), 0],
  ["two types of content", (s) => s.post({ lines: ["Content-Type: application/json"] }) + s.content, 0],
  ["two expectations", (s) => s.post({ lines: ["Expect: 100-continue", "Expect: 100-continue"] }) + s.content, 0],
  ["a coding of the content", (s) => s.post({ lines: ["Content-Encoding: identity"] }) + s.content, 0],
  ["another method in a field", (s) => lineOf(s, "X-HTTP-Method-Override: DELETE"), 0],
  ["fields that a proxy would remove", (s) => lineOf(s, "Connection: Spl-Signature, Content-Digest"), 1],
];

const firstLines: readonly FramingCase[] = [
  ...["CONNECT", "TRACE", "OPTIONS", "PROPFIND", "PRI", "BREW", "get", "GET\0", "G\xe9T"].map((method): FramingCase => [
    `the method ${JSON.stringify(method)}`,
    (s) => s.get().replace(/^GET/, method),
    0,
  ]),
  ["CONNECT to an address", (s) => begun(s.get(), "CONNECT 127.0.0.1:80 HTTP/1.1"), 0],
  ["OPTIONS of everything", (s) => begun(s.get(), "OPTIONS * HTTP/1.1"), 0],
  ["the asterisk", (s) => begun(s.get(), "GET * HTTP/1.1"), 0],
  ["no target", (s) => begun(s.get(), "GET HTTP/1.1"), 0],
  ["no slash", (s) => begun(s.get(), "GET a HTTP/1.1"), 0],
  ["a target that was not signed", (s) => begun(s.get(), "GET /logs/../r1 HTTP/1.1"), 0],
  ...["//", "/./", "/x/../", "/%2e/", "/%00", "/a;b", "/\\", "/#", "/%zz", "/\xe9"].map((inside): FramingCase => [
    `the target with ${JSON.stringify(inside)}`,
    (s) => s.get({ target: `/r1${inside}${"ID-16.03/GOV"}` }),
    0,
  ]),
  ["the absolute form of another", (s) => s.get().replace(" /", " http://lain.example/"), 0],
  ["the absolute form with userinfo", (s) => s.get().replace(" /", ` http://a@${s.host}/`), 0],
  ["the absolute form without a host", (s) => s.get().replace(" /", " http:///"), 0],
  ["the absolute form of the gateway", (s) => s.get().replace(" /", ` http://${s.host}/`), 1],
  ["two lines of requests", (s) => s.get().replace("\r\n", `\r\nGET ${targetOf(s.get())} HTTP/1.1\r\n`), 0],
  ["HTTP/0.9", (s) => `GET ${targetOf(s.get())}\r\n`, 0],
  ["HTTP/1.0", (s) => s.get().replace("HTTP/1.1", "HTTP/1.0"), 1],
  ["HTTP/2.0", (s) => s.get().replace("HTTP/1.1", "HTTP/2.0"), 0],
  ["HTTP/11.1", (s) => s.get().replace("HTTP/1.1", "HTTP/11.1"), 0],
  ["the preface of HTTP/2", () => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0", 0],
  ["the beginning of TLS", () => "\x16\x03\x01\x01\x00\x01\x00\x00\xfc\x03\x03", 0],
  ["the banner of SSH", () => "SSH-2.0-OpenSSH_9.2\r\n", 0],
  ["a header of the PROXY protocol from nobody trusted", (s) => `PROXY TCP4 10.0.0.1 10.0.0.2 1 2\r\n${s.get()}`, 0],
  ["an offer of HTTP/2", (s) => lineOf(s, "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__"), 1],
  [
    "an offer of a WebSocket",
    (s) => lineOf(s, "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="),
    1,
  ],
  ["empty lines before a request", (s) => `\r\n\r\n${s.get()}`, 1],
  ["spaces before a request", (s) => `  ${s.get()}`, 0],
];

const large: readonly FramingCase[] = [
  ["a field of 300 KB", (s) => lineOf(s, `X-A: ${"a".repeat(300_000)}`), 0],
  ["a field's name of 100 KB", (s) => lineOf(s, `${"a".repeat(100_000)}: b`), 0],
  ["a target of 100 KB", (s) => s.get({ below: `/catatan/${"1".repeat(100_000)}` }), 0],
  ["a method of 100 KB", (s) => s.get().replace(/^GET/, "G".repeat(100_000)), 0],
  ["3,000 fields", (s) => lineOf(s, ...Array.from({ length: 3000 }, (_, i) => `X-${i}: a`)), 0],
];

const pipelines: readonly FramingCase[] = [
  ["three requests", (s) => s.get() + s.post() + s.content + s.get(), 3],
  ["a request and no HTTP", (s) => `${s.post() + s.content}bukan HTTP\r\n\r\n`, 1],
  ["no HTTP and a request", (s) => `bukan HTTP\r\n\r\n${s.get()}`, 0],
  ["100 copies of one statement", (s) => s.get().repeat(100), 1],
  ["20 copies of one statement with content", (s) => (s.post() + s.content).repeat(20), 1],
  ["100 times nonsense", () => "x y z\r\n\r\n".repeat(100), 0],
  ["a refused head, its content left out, and a request", (s) => s.post({ lines: ["Range: bytes=0-1"] }) + s.get(), 0],
  ["a refused request and a good one", (s) => s.get({ lines: ["Range: bytes=0-1"] }) + s.get(), 1],
];

export const framingCases: readonly FramingCase[] = [
  ...lengthAndCoding,
  ...codings,
  ...lengths,
  ...sizes,
  ...lines,
  ...doubled,
  ...firstLines,
  ...large,
  ...pipelines,
];
