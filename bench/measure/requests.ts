import { Buffer } from "node:buffer";
import type { Request } from "autocannon";
import { sha256 } from "../../src/base/bytes.ts";
import { emptyDigest, formatDigest } from "../../src/trust/content-digest.ts";
import type { Cell } from "./cells.ts";
import { consumerOf, purpose, service, type Algorithm, type Keys } from "../subjects/manifests.ts";
import type { Sampled } from "./receipts.ts";
import { collectionPath, pathOf, recordsOf } from "../subjects/records.ts";
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
  const body = contentOf(cell);
  const path = `/r1/${service}${targetOf(cell)}`;
  const common = {
    "Content-Digest": body.length === 0 ? emptyDigest : formatDigest(sha256(body)),
    Prefer: "receipt=full",
    ...(body.length === 0 ? {} : { "Content-Type": "application/json" }),
  };
  const sampled: Sampled[] = [];
  const statements = await signStatements(cell, alg, keys, origin, path, count);
  const stride = Math.ceil(statements.length / samples);
  const requests = statements.map((statement, i): Request => {
    const request = { method: cell.method, path, headers: { ...common, "Spl-Signature": statement }, body };
    if (i % stride !== 0) return request;
    const onResponse: Request["onResponse"] = (status, text, _, fields) =>
      void sampled.push({
        consumer: consumerOf(alg),
        key: keys[alg],
        method: cell.method,
        statement,
        requestContent: body,
        status,
        fields,
        responseContent: Buffer.from(text),
      });
    return { ...request, onResponse };
  });
  return { lists: deal(requests, cell.connections), sampled };
}

function signStatements(cell: Cell, alg: Algorithm, keys: Keys, aud: string, target: string, count: number): Promise<string[]> {
  const content = contentOf(cell);
  const carries = content.length === 0 ? {} : { content, contentType: "application/json" };
  return signAhead({ intention: { iss: consumerOf(alg), aud, method: cell.method, target, purpose, ...carries }, key: keys[alg], count });
}
