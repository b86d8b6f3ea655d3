import { Problem } from "../base/problem.ts";
import type { Text } from "../base/text.ts";
import { canonicalJson } from "../base/canonical-json.ts";
import { parseJson } from "../contract/json.ts";
import { isJson, parseMediaType, problemType } from "../contract/media-type.ts";
import type { FieldShape } from "../contract/field-shape.ts";
import type { GrantedFields } from "../registry/granted-fields.ts";
import type { Grant } from "../registry/snapshot.ts";
import type { Operation } from "../contract/contract.ts";
import { field, type ProviderAnswer } from "./forward.ts";
import { answerMessages } from "./answer-messages.ts";
import type { ProviderSignature } from "./provider-signature.ts";

/**
 * The part of an answer that the grant allows (UU 27/2022 Pasal 27 and 28: limited, specific, and for its purpose): the
 * fields that it names and those that the contract marks `x-spl-open`. Returns the same answer if nothing has to be
 * removed; otherwise its content is serialised anew (RFC 8785). The provider's problem documents pass whole. Throws
 * `response-invalid` for content that is not JSON, and for a signed answer that would have to be altered.
 */
export function withinGrant(
  { fields: granted }: Grant,
  { contract }: Operation,
  answer: ProviderAnswer,
  signature?: ProviderSignature,
): ProviderAnswer {
  if (granted === undefined || answer.content.length === 0) return answer;
  const contentType = field(answer.fields, "content-type");
  const mediaType = contentType === undefined ? undefined : parseMediaType(contentType);
  if (mediaType === problemType && answer.status >= 400) return answer;
  const parsed = mediaType !== undefined && isJson(mediaType) ? parseJson(answer.content) : undefined;
  if (parsed === undefined || "wrong" in parsed) throw refused(answerMessages.answerWithoutFields);
  const kept = keep(parsed.value, granted, contract.fieldsOf(answer.status, contentType));
  if (kept === parsed.value) return answer;
  if (kept === nothing) throw refused(answerMessages.answerWithoutFields);
  if (signature !== undefined) throw refused(answerMessages.signedBeyondGrant);
  return { status: answer.status, fields: withoutDigests(answer.fields), content: Buffer.from(canonicalJson(kept)) };
}

const refused = (detail: Text): Problem => new Problem("response-invalid", { detail });

const nothing = Symbol("nothing of it");

/**
 * A value without the fields that are neither granted nor open; the value itself if there is none of them. An object
 * that only leads to granted fields stays if one of them is present.
 */
function keep(value: unknown, granted: GrantedFields | undefined, shape: FieldShape | undefined): unknown {
  if (granted?.whole === true || shape?.open === true) return value;
  if (typeof value !== "object" || value === null || (granted === undefined && shape === undefined)) return nothing;
  return Array.isArray(value) ? keepItems(value, granted, shape) : keepMembers(value, granted, shape);
}

function keepItems(items: readonly unknown[], granted: GrantedFields | undefined, shape: FieldShape | undefined): unknown {
  const described = shape?.items;
  const each = described && granted?.below.get("*");
  const kept = items.map((item) => keep(item, each, described));
  if (kept.every((item, index) => item === items[index])) return granted === undefined && items.length === 0 ? nothing : items;
  const left = kept.filter((item) => item !== nothing);
  return left.length === 0 && granted === undefined ? nothing : left;
}

function keepMembers(value: object, granted: GrantedFields | undefined, shape: FieldShape | undefined): unknown {
  const members = Object.entries(value);
  let all = true;
  const left: [string, unknown][] = [];
  for (const [name, member] of members) {
    const named = shape?.members.get(name);
    const other = named === undefined ? shape?.others : undefined;
    const kept = keep(member, granted?.below.get(name) ?? (other && granted?.below.get("*")), named ?? other);
    all &&= kept === member;
    if (kept !== nothing) left.push([name, kept]);
  }
  if (all) return granted === undefined && members.length === 0 ? nothing : value;
  return left.length === 0 && granted === undefined ? nothing : Object.fromEntries(left);
}

/** Fields of the provider that describe the content before it was altered. */
const ofTheWhole = new Set(["etag", "last-modified", "content-md5", "digest", "repr-digest", "signature", "signature-input"]);

function withoutDigests(fields: readonly string[]): readonly string[] {
  return fields.filter((_, index) => !ofTheWhole.has(fields[index - (index % 2)]!.toLowerCase()));
}
