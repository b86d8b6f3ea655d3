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
import type { ProviderSignature } from "./provider-signature.ts";

/**
 * What of an answer the grant lets through (UU 27/2022 Pasal 27 and 28: limited, specific, and for its purpose): the fields that it names and those
 * that the contract marks `x-spl-open`. The same answer if nothing is taken out; otherwise its content is written anew (RFC 8785). Problems of the
 * provider pass whole. What cannot be told apart by fields, and what the provider signed and would have to be altered, is refused: `response-invalid`.
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
  if (parsed === undefined || "wrong" in parsed) throw refused(notFields);
  const kept = keep(parsed.value, granted, contract.fieldsOf(answer.status, contentType));
  if (kept === parsed.value) return answer;
  if (kept === nothing) throw refused(notFields);
  if (signature !== undefined) throw refused(signedBeyond);
  return { status: answer.status, fields: withoutDigests(answer.fields), content: Buffer.from(canonicalJson(kept)) };
}

const refused = (detail: Text): Problem => new Problem("response-invalid", { detail });
const notFields: Text = {
  id: "Izin akses ini terbatas pada kolom tertentu, sedangkan isi jawaban penyedia bukan JSON yang dapat dipilah per kolom.",
  en: "This grant is limited to certain fields, and the provider's content is no JSON that could be told apart by them.",
};
const signedBeyond: Text = {
  id: "Penyedia menandatangani jawaban yang melebihi kolom dalam izin akses; isi bertanda tangan tidak diubah, jadi penyedia perlu menyaringnya sebelum menandatangani.",
  en: "The provider signed an answer with more than the fields of the grant; signed content is not altered, so the provider has to filter it before signing.",
};

const nothing = Symbol("nothing of it");

/** A value without what is neither granted nor open: itself if that is all of it. What is only a way to other fields stays if one of them is there. */
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

/** Fields of the provider that vouch for the content as it was. */
const ofTheWhole = new Set(["etag", "last-modified", "content-md5", "digest", "repr-digest", "signature", "signature-input"]);

function withoutDigests(fields: readonly string[]): readonly string[] {
  return fields.filter((_, index) => !ofTheWhole.has(fields[index - (index % 2)]!.toLowerCase()));
}
