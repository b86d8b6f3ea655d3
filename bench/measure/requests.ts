import { Buffer } from "node:buffer";
import type { Request } from "autocannon";
import { sha256 } from "../../src/base/bytes.ts";
import { emptyDigest, formatDigest } from "../../src/trust/content-digest.ts";
import type { Cell } from "./cells.ts";
import { consumerOf, purpose, service, type Algorithm, type Keys } from "../subjects/manifests.ts";
import type { Sampled } from "./receipts.ts";
import { collectionPath, pathOf, recordsOf } from "../subjects/records.ts";
import { claimsFor, signStatement } from "../../src/trust/sign.ts";
import type { OpenLoopRequest } from "./open-loop.ts";
import { deal, signAhead } from "./statements.ts";

/** Receipts of a cell and round that are checked. */
const samples = 20;

const contentOf = ({ method }: Cell): Buffer => (method === "POST" ? recordsOf(1) : Buffer.alloc(0));
const targetOf = ({ method, size }: Cell): string => (method === "POST" ? collectionPath : pathOf(size));

/** What a cell without exchanges sends, again and again; with a token if it has an algorithm. */
export async function plainRequest(cell: Cell, keys: Keys): Promise<Request> {
  const body = contentOf(cell);
  const { alg } = cell;
  const [token] = alg === undefined ? [] : await signStatements(cell, alg, keys, "http://127.0.0.1", targetOf(cell), 1);
  return {
    method: cell.method,
    path: targetOf(cell),
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(body.length === 0 ? {} : { "Content-Type": "application/json" }),
    },
    body,
  };
}

/** Signed requests, a list for each connection; `sampled` fills with the answers to some of them. */
export async function signedRequests(
  cell: Cell,
  alg: Algorithm,
  keys: Keys,
  origin: string,
  count: number,
): Promise<{ lists: Request[][]; sampled: Sampled[] }> {
  const make = requestMaker(cell, alg, keys);
  const sampled: Sampled[] = [];
  const statements = await signStatements(cell, alg, keys, origin, exchangePath(cell), count);
  const stride = Math.ceil(statements.length / samples);
  const requests = statements.map((statement, i): Request => {
    const { request, sample } = make(statement);
    if (i % stride !== 0) return request;
    const onResponse: Request["onResponse"] = (status, text, _, fields) => void sampled.push(sample(status, fields, Buffer.from(text)));
    return { ...request, onResponse };
  });
  return { lists: deal(requests, cell.connections), sampled };
}

/** One request of a cell without content, signed now, as a consumer does; `onSample` gets its answer. */
export function signedAsItLeaves(
  cell: Cell & { readonly alg: Algorithm; readonly method: "GET" },
  keys: Keys,
  aud: string,
  onSample?: (sampled: Sampled) => void,
): OpenLoopRequest {
  const { alg, method } = cell;
  const intention = { iss: consumerOf(alg), aud, method, target: exchangePath(cell), purpose };
  const nowSeconds = Math.floor(Date.now() / 1000);
  const { request, sample } = requestMaker(cell, alg, keys)(signStatement(claimsFor({ ...intention, nowSeconds }), keys[alg]));
  const { path, headers } = request;
  if (onSample === undefined) return { method, path, headers };
  return {
    method,
    path,
    headers,
    onAnswer(status, fields, content) {
      const named = ["Spl-Exchange", "Spl-Receipt", "Link"].flatMap((name) => {
        const value = fields[name.toLowerCase()];
        return value === undefined ? [] : [[name, value] as const];
      });
      onSample(sample(status, Object.fromEntries(named), content));
    },
  };
}

const exchangePath = (cell: Cell): string => `/r1/${service}${targetOf(cell)}`;

interface MadeRequest {
  readonly request: {
    readonly method: Cell["method"];
    readonly path: string;
    readonly headers: Record<string, string>;
    readonly body: Buffer;
  };
  /** Its answer, with everything that its consumer knows of it. */
  sample(status: number, fields: Sampled["fields"], responseContent: Buffer): Sampled;
}

/** Makes a signed request of a cell from its statement. */
function requestMaker(cell: Cell, alg: Algorithm, keys: Keys): (statement: string) => MadeRequest {
  const body = contentOf(cell);
  const { method } = cell;
  const common = {
    "Content-Digest": body.length === 0 ? emptyDigest : formatDigest(sha256(body)),
    Prefer: "receipt=full",
    ...(body.length === 0 ? {} : { "Content-Type": "application/json" }),
  };
  return (statement) => ({
    request: { method, path: exchangePath(cell), headers: { ...common, "Spl-Signature": statement }, body },
    sample: (status, fields, responseContent) => ({
      consumer: consumerOf(alg),
      key: keys[alg],
      method,
      statement,
      requestContent: body,
      status,
      fields,
      responseContent,
    }),
  });
}

function signStatements(cell: Cell, alg: Algorithm, keys: Keys, aud: string, target: string, count: number): Promise<string[]> {
  const content = contentOf(cell);
  const carries = content.length === 0 ? {} : { content, contentType: "application/json" };
  return signAhead({ intention: { iss: consumerOf(alg), aud, method: cell.method, target, purpose, ...carries }, key: keys[alg], count });
}
