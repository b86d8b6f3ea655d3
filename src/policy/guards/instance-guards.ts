import type { ProofOfDuty } from "../../registry/entry.ts";
import type { RegistryView } from "../context.ts";
import { guardOf, unsupported, met, notRequired, unmet, type Guard } from "./guard.ts";
import { evaluateOpinions } from "./evaluate-opinions.ts";
import { answerTo } from "../profile/profile.ts";
import { requiredOpinions } from "../opinions/opinions-in-force.ts";
import { messages } from "./instance-messages.ts";

const guard = guardOf("instance");

/** The documents that prove the connection to the national SPLP. */
export const splpDocuments = ["surat-penugasan", "tabel-ip", "struktur-organisasi", "hasil-uji-koneksi"] as const;

/** The documents in confirmed proofs of duty of a type. `except` leaves one proof out, by id. */
export function hasProofOfDuty(registry: RegistryView, type: ProofOfDuty["type"], except?: string): ReadonlySet<string> {
  const shown = [...registry.of("evidence")].filter(
    ({ id, state, content }) => content.type === type && state === "confirmed" && id !== except,
  );
  return new Set(shown.flatMap(({ content }) => Object.keys(content.documents)));
}

/** The conditions under which an instance leaves `persiapan`. */
export const instanceGuards = {
  "instance-opinions": guard(
    (context) => {
      const required = requiredOpinions(context.profile).filter(({ subject }) => subject === "instance");
      if (required.length > 0) return evaluateOpinions(context, required);
      return notRequired(
        context,
        answerTo(context.profile, "approvals.spl.operasi.authority").value === null
          ? "approvals.spl.operasi.authority"
          : "approvals.spl.subject",
      );
    },
    "approvals.spl.subject",
    "approvals.spl.operasi.authority",
    "approvals.spl.keamanan.authority",
  ),

  "network-opinions": guard(
    (context) => {
      const required = requiredOpinions(context.profile).filter(({ subject }) => subject === "network");
      if (required.length > 0) return evaluateOpinions(context, required);
      return notRequired(
        context,
        answerTo(context.profile, "approvals.jaringanIntra.authority").value === null
          ? "approvals.jaringanIntra.authority"
          : "approvals.jaringanIntra.required",
      );
    },
    "approvals.jaringanIntra.authority",
    "approvals.jaringanIntra.required",
  ),

  splp: guard((context) => {
    if (answerTo(context.profile, "splp.required").value !== true) return notRequired(context, "splp.required");
    const shown = hasProofOfDuty(context.registry, "splp");
    const absent = splpDocuments.filter((word) => !shown.has(word));
    if (absent.length === 0) return met(messages.splpShown);
    return unmet(messages.splpMissing(absent.join(", ")), messages.recordSplp);
  }, "splp.required"),

  "central-network": guard((context) => {
    if (answerTo(context.profile, "intra.connectCentral").value !== true) return notRequired(context, "intra.connectCentral");
    if (hasProofOfDuty(context.registry, "splp").has("tabel-ip")) return met(messages.centralLinkShown);
    return unmet(messages.centralLinkMissing, messages.recordIpTable);
  }, "intra.connectCentral"),

  "intra-network": guard(
    (context) =>
      answerTo(context.profile, "intra.mandatory").value === true
        ? met(messages.outsideCallsRefused)
        : notRequired(context, "intra.mandatory"),
    "intra.mandatory",
  ),

  "security-properties": guard((context) => {
    const properties = answerTo(context.profile, "security.properties").value;
    if (properties === null) return notRequired(context, "security.properties");
    const shown = properties.map((property) => `${property} (${mechanisms[property]})`).join(", ");
    return met(messages.evidencedByEachCall(shown));
  }, "security.properties"),

  authenticity: guard((context) => {
    switch (answerTo(context.profile, "authenticity.mechanism").value) {
      case null:
        return notRequired(context, "authenticity.mechanism");
      case "authentication":
        return met(messages.callsAuthenticated);
      case "verification-and-validation":
        return met(messages.statementsVerified);
    }
  }, "authenticity.mechanism"),

  "trusted-third-party": guard(
    (context) =>
      answerTo(context.profile, "nonRepudiation.mechanism").value === null
        ? notRequired(context, "nonRepudiation.mechanism")
        : unsupported(messages.noTrustedThirdParty),
    "nonRepudiation.mechanism",
  ),

  "staff-certificates": guard(
    (context) =>
      answerTo(context.profile, "certificates.staffRequired").value !== true
        ? notRequired(context, "certificates.staffRequired")
        : unsupported(messages.noStaffCertificates),
    "certificates.staffRequired",
  ),
} as const satisfies Record<string, Guard<"instance">>;

/** The mechanism that provides each property. */
const mechanisms = {
  kerahasiaan: "Jaringan Intra, izin akses, klasifikasi",
  keutuhan: "Content-Digest",
  keaslian: "JWS",
  ketersediaan: "/readyz, Prometheus",
  kenirsangkalan: "Merkle, Spl-Receipt",
} as const;
