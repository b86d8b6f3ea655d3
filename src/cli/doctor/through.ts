import { request as requestPlain, type IncomingHttpHeaders } from "node:http";
import { request as requestSecure } from "node:https";
import { isLoopback } from "../../base/networks.ts";
import type { Config } from "../../config/config.ts";
import { doubtful, good, wrong, type Diagnosis } from "./diagnosis.ts";
import { messages } from "./through-messages.ts";

/** Spellings that are valid in a path or query (RFC 3986) and that proxies rewrite: a signed target must arrive as it was sent. */
const spellings = [
  "/a%20b", "/a%27b", "/a%2Cb", "/a%3Ab", "/a%40b", "/a%2Bb", "/a%28b%29", "/a%26b", "/a%3Db", "/a%5Bb%5D", "/a%7Cb", "/a%C3%A9",
  "/a:b", "/a@b,c;d=e", "/a'b(c)!*", "/a+b&c$d", "/a~b", "/a/", "/?", "/a?b=c%20d&b=%2F", "/a?filter%5Bnama%5D=x", "/a?b='",
]; // prettier-ignore

const patienceMs = 10_000;
/** Larger than what nginx takes unless it is told otherwise (1 MB). */
const contentBytes = 2_000_000;
/** What a statement with many claims comes to, and what the fields of a provider's answer may. */
const fieldBytes = 7_000;

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly content: string;
}

/** Sends requests through what stands before the gateway, and says what that changes, refuses or hides. */
export async function* through(
  url: string,
  { publicOrigin, intra }: Pick<Config, "publicOrigin" | "intra">,
): AsyncGenerator<Diagnosis, void, undefined> {
  const first = await ask(url, "GET", "/arrived").catch((error: Error) => error.message);
  if (typeof first === "string") return yield wrong(messages.noAnswer(url, first));
  const seen = arrivedIn(first);
  if (seen === undefined) return yield wrong(messages.notTheGateway(url, first.status));
  if (isLoopback(seen.caller) && !isLoopback(new URL(url).hostname)) yield doubtful(messages.callerIsLoopback(seen.caller));
  else yield good(messages.caller(seen.caller, intra.join(",")));

  const { host } = new URL(publicOrigin);
  const sentTo = seen.fields[seen.fields.findIndex((name, i) => i % 2 === 0 && name.toLowerCase() === "host") + 1];
  if (sentTo?.toLowerCase() !== host) yield wrong(messages.hostChanged(host, sentTo ?? "–"));

  const changed: string[] = [];
  for (const spelling of spellings) {
    const target = `/arrived${spelling}`;
    const arrived = arrivedIn(await ask(url, "GET", target).catch(() => undefined))?.target;
    if (arrived !== target) changed.push(`${target} → ${arrived ?? "–"}`);
  }
  yield changed.length === 0 ? good(messages.targetsArrive(spellings.length)) : wrong(messages.targetsChanged(changed.join("; ")));

  const long = "x".repeat(fieldBytes);
  const statement = await ask(url, "GET", "/arrived", { "Spl-Signature": long }).catch(() => undefined);
  if (!arrivedIn(statement)?.fields.includes(long)) yield wrong(messages.statementLost(fieldBytes, statement?.status));
  const answered = await ask(url, "GET", `/arrived?field=${fieldBytes}`).catch(() => undefined);
  if (answered?.headers["spl-field"]?.length !== fieldBytes) yield wrong(messages.answerFieldLost(fieldBytes, answered?.status));

  const packed = await ask(url, "GET", "/arrived", { "Accept-Encoding": "gzip" }).catch(() => undefined);
  const coding = packed?.headers["content-encoding"];
  if (coding !== undefined) yield doubtful(messages.compressed(coding));

  const head = await ask(url, "HEAD", "/arrived").catch(() => undefined);
  if (head?.headers["spl-method"] !== "HEAD")
    yield wrong(messages.methodChanged("HEAD", String(head?.headers["spl-method"] ?? head?.status ?? "–")));

  const content = Buffer.alloc(contentBytes, "x");
  const posted = await ask(url, "POST", "/r1/doctor", { "Content-Length": String(contentBytes) }, content).catch(() => undefined);
  if (posted?.headers["spl-problem"] === undefined) yield wrong(messages.refusalLost(contentBytes, posted?.status));
  const chunked = await ask(url, "POST", "/r1/doctor", { "Transfer-Encoding": "chunked" }, Buffer.from("x")).catch(() => undefined);
  if (chunked?.headers["spl-problem"] === undefined) yield wrong(messages.chunkedLost(chunked?.status));
}

interface Seen {
  readonly target: string;
  readonly fields: readonly string[];
  readonly caller: string;
}

function arrivedIn(reply: Reply | undefined): Seen | undefined {
  try {
    const seen = JSON.parse(reply?.content ?? "") as Partial<Seen>;
    return typeof seen.target === "string" && Array.isArray(seen.fields) && typeof seen.caller === "string" ? (seen as Seen) : undefined;
  } catch {
    return undefined;
  }
}

function ask(url: string, method: string, path: string, headers: Readonly<Record<string, string>> = {}, content?: Buffer): Promise<Reply> {
  const { protocol, hostname, port } = new URL(url);
  const request = protocol === "https:" ? requestSecure : requestPlain;
  return new Promise((resolve, reject) => {
    const sent = request({
      hostname: hostname.replace(/^\[(.*)\]$/, "$1"),
      port,
      method,
      path,
      headers: { ...headers },
      agent: false,
      timeout: patienceMs,
    });
    sent.on("timeout", () => sent.destroy(new Error("timeout")));
    let answered = false;
    sent.on("error", (error) => answered || reject(error));
    sent.on("response", (response) => {
      answered = true;
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, content: Buffer.concat(chunks).toString() }),
      );
    });
    sent.end(content);
  });
}
