import { decodeBase64 } from "../base/bytes.ts";
import type { SealedRecord } from "../ledger/sealed/sealed-record.ts";
import { commit, commitmentKeyBytes } from "../ledger/commitment.ts";
import type { ExchangeLeaf } from "../ledger/leaf.ts";
import { readAnswerSignature } from "../trust/answer-signature.ts";
import type { Bundle } from "../verify/bundle.ts";

/** In which role a bundle is read. */
export type BundleReader = "consumer" | "provider" | "auditor";

/** Whether the reader is a provider that never got the request: it may not guess the content from its digest or key. */
export const wasSpared = (reader: BundleReader, { type }: Pick<ExchangeLeaf, "type">): boolean =>
  reader === "provider" && type === "refusal";

/**
 * The parts of a sealed record that a reader gets. The auditor: all. The provider: all, but nothing of a request that
 * never came to it. The consumer: the provider's signature and key only if all that the provider sent was delivered,
 * since digest and key would help to guess the fields that were withheld.
 */
export function discloseTo(
  reader: BundleReader,
  leaf: ExchangeLeaf,
  { keys = Buffer.alloc(0), statement, response }: SealedRecord,
): Pick<Bundle, "statement" | "response" | "open"> {
  const key = (place: number): Buffer | undefined => {
    const bytes = keys.subarray(place * commitmentKeyBytes, (place + 1) * commitmentKeyBytes);
    return bytes.some((byte) => byte !== 0) ? bytes : undefined;
  };
  const [request, delivered, provider] = [key(0), key(1), key(2)];
  const whole = reader !== "consumer" || (response !== undefined && wasDelivered(response, leaf, delivered));
  const spared = wasSpared(reader, leaf);
  return {
    ...(statement === undefined || spared ? {} : { statement }),
    ...(response === undefined || !whole ? {} : { response }),
    open: {
      ...(request === undefined || spared ? {} : { request: request.toString("base64url") }),
      ...(delivered === undefined ? {} : { delivered: delivered.toString("base64url") }),
      ...(provider === undefined || !whole ? {} : { provider: provider.toString("base64url") }),
    },
  };
}

/** Whether the delivered content has the digest that the provider signed. */
function wasDelivered(response: string, { response: answer }: ExchangeLeaf, key: Buffer | undefined): boolean {
  const signature = readAnswerSignature(response);
  const digest = "id" in signature ? undefined : /^sha-256=:(.*):$/.exec(signature.claims.digest)?.[1];
  const hash = digest === undefined ? undefined : decodeBase64(digest);
  return hash !== undefined && key !== undefined && commit(key, hash) === answer?.delivered?.commit;
}
