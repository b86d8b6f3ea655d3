import { send } from "../agent/consumer.ts";
import type { Text } from "../base/text.ts";
import { checkReceipt } from "../verify/check-receipt.ts";
import { parseReceipt } from "../ledger/receipt.ts";
import type { Sample } from "./samples.ts";
import { sandboxPurpose, type Sandbox } from "./sandbox.ts";
import { messages } from "./messages.ts";

/** Where a sandbox serves: the gateway's public origin, the service's path there, and the log's key. */
export interface Serving {
  readonly publicOrigin: string;
  readonly base: string;
  readonly vkey: string;
  /** The real application answers: a status of 4xx may be its right answer to a made-up request. */
  readonly real: boolean;
}

/**
 * The result of calling one operation; `good` if it was answered as its contract says, with a receipt that verifies. A failure is
 * such an answer where the contract names nothing else.
 */
export interface Attempt {
  readonly sample: Sample;
  readonly good: boolean;
  readonly result: Text;
}

/** Calls one operation as its examples show it, and checks the receipt. */
export async function attempt(sample: Sample, { consumer, key }: Sandbox, { publicOrigin, base, vkey, real }: Serving): Promise<Attempt> {
  const { method, request, succeeds } = sample;
  if (request.lacking.length > 0) return { sample, good: false, result: messages.noExampleFor(request.lacking.join(", ")) };
  const { content, hdr, target } = request;
  const sent = await send({
    iss: consumer,
    aud: publicOrigin,
    method,
    key,
    target: base + target,
    purpose: sandboxPurpose,
    // Frameworks such as Laravel answer what may be a browser with pages and redirects.
    fields: { Prefer: "receipt=full", Accept: "application/json, */*;q=0.5" },
    ...(content === undefined ? undefined : { content: content.bytes, contentType: content.type }),
    ...(Object.keys(hdr).length === 0 ? undefined : { hdr }),
  });
  const problem = sent.fields["spl-problem"];
  const receipt = parseReceipt(sent.fields["spl-receipt"] ?? "");
  const findings =
    receipt === undefined
      ? undefined
      : checkReceipt(receipt, {
          vkey,
          statement: sent.claims,
          requestContent: sent.content,
          responseContent: sent.answer,
          htm: method,
          status: sent.status,
          exchange: sent.fields["spl-exchange"] ?? "",
        });
  const verified = findings !== undefined && findings.every(({ holds }) => holds !== false);
  const status = `HTTP ${sent.status}${problem === undefined ? "" : ` ${problem}`}`;
  const verdict = verified ? messages.receiptVerified : findings === undefined ? messages.receiptMissing : messages.receiptBroken;
  const onlyFails = sent.status >= 400 && !succeeds && problem === undefined;
  const detail = onlyFails ? messages.onlyFailures : problem === undefined ? {} : detailOf(sent.answer);
  const good = verified && (real ? problem === undefined : sent.status < 400 || onlyFails);
  return { sample, good, result: messages.answered(status, verdict, detail) };
}

/** The detail of a problem document, and the first of its errors. */
function detailOf(answer: Buffer): Partial<Text> {
  try {
    const { detail, errors } = JSON.parse(answer.toString()) as {
      detail?: string;
      errors?: readonly { pointer?: string; detail?: string }[];
    };
    const [first] = errors ?? [];
    const words = [detail, first === undefined ? undefined : `${first.pointer ?? ""} ${first.detail ?? ""}`];
    return { id: words.filter((part) => part !== undefined).join(" ") };
  } catch {
    return {};
  }
}
