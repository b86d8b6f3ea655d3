import { memberOf } from "../../base/names.ts";
import { addMonths, dayIn, startOfDay } from "../calendar.ts";
import { guardOf, met, notRequired, unmet, type Guard } from "./guard.ts";
import { instanceOf, isOwn } from "../instance-of.ts";
import { lostFields } from "./lost-fields.ts";
import { answerTo } from "../profile/profile.ts";

const guard = guardOf("grant");

/** The conditions of an izin akses. */
export const grantGuards = {
  "grant-within-service": guard(
    ({ registry, operationsOf }, { content }) => {
      const offered = operationsOf(content.service);
      if (offered === undefined)
        return unmet(
          { id: "Layanan itu belum dapat dipakai.", en: "That service cannot be used yet." },
          { id: "Tunggu sampai layanan diuji coba atau aktif.", en: "Wait until the service is on trial or active." },
        );
      const foreign = content.operations.filter((operation) => !offered.has(operation));
      const choice = [...offered.keys()].join(", ");
      if (foreign.length > 0)
        return unmet(
          {
            id: `Operasi tidak ada dalam kontrak: ${foreign.join(", ")}.`,
            en: `Operations are not in the contract: ${foreign.join(", ")}.`,
          },
          { id: `Pilih dari: ${choice}.`, en: `Choose from: ${choice}.` },
        );
      const unknown = lostFields(offered, content);
      if (unknown.length === 0) {
        const before = content.previous === undefined ? undefined : registry.get("grant", content.previous)?.content.fields;
        if (before === undefined || content.fields !== undefined)
          return met("Semua operasi dan kolom ada dalam kontrak.", "Every operation and field is in the contract.");
        return met(
          `Izin diperluas dari kolom ${before.join(", ") || "terbuka saja"} menjadi seluruh isi jawaban.`,
          `The grant is widened from the fields ${before.join(", ") || "that are open"} to whole answers.`,
        );
      }
      return unmet(
        {
          id: `Kolom tidak ada dalam jawaban operasi yang diminta: ${unknown.join(", ")}.`,
          en: `Fields are not in the answers of these operations: ${unknown.join(", ")}.`,
        },
        {
          id: "Tulis setiap kolom sebagai JSON Pointer menurut skema jawaban, dengan * untuk setiap unsur array, seperti /data/*/nama.",
          en: "Write each field as a JSON Pointer by the schema of the answer, with * for every item of an array, such as /data/*/nama.",
        },
      );
    },
    "Tidak lebih luas dari layanan",
    "Not wider than the service",
  ),

  "grant-period": guard(
    ({ profile, registry }, { content }) => {
      const most = answerTo(profile, "grants.maximumMonths").value;
      if (most === null) return met("Masa tidak dibatasi.", "The period is not limited.");
      const { timeZone } = instanceOf(registry).content;
      const end = addMonths(dayIn(timeZone, Date.parse(content.from)), most);
      if (content.until !== undefined && Date.parse(content.until) <= startOfDay(end, timeZone))
        return met(`Paling lama ${most} bulan.`, `${most} months at most.`);
      return unmet(
        { id: `Masa izin melebihi ${most} bulan.`, en: `The period is longer than ${most} months.` },
        { id: `Akhiri paling lambat ${end}; perpanjang sebelum habis.`, en: `End it on ${end} at the latest; renew before it runs out.` },
      );
    },
    "Masa izin",
    "Period",
    "grants.maximumMonths",
  ),

  "grant-load": guard(
    (_, { content }) => {
      if ((content.expectedLoad ?? 0) <= content.dailyQuota)
        return met("Kuota menampung perkiraan beban.", "The quota holds the expected load.");
      return unmet(
        {
          id: `Perkiraan beban ${content.expectedLoad} melebihi kuota ${content.dailyQuota}.`,
          en: `The expected load of ${content.expectedLoad} is above the quota of ${content.dailyQuota}.`,
        },
        { id: "Mintalah kuota yang sesuai.", en: "Ask for a quota that fits." },
      );
    },
    "Beban dan kuota",
    "Load and quota",
  ),

  "personal-data": guard(
    (context, { content }) => {
      if (answerTo(context.profile, "personalData.legalBasis").value !== true) return notRequired(context, "personalData.legalBasis");
      if (context.registry.get("service", content.service)?.content.classification === "terbuka")
        return met("Layanan terbuka.", "The service is open.");
      if (content.personalData !== undefined)
        return met(`Dasar pemrosesan: ${content.personalData.ground}.`, `Ground of processing: ${content.personalData.ground}.`);
      return unmet(
        {
          id: "Dasar pemrosesan data pribadi dan nomor catatan pemrosesan belum dinyatakan.",
          en: "The ground for processing personal data and the record of processing are not named.",
        },
        {
          id: "Isi personalData: ground (UU 27/2022 Pasal 20) dan processingRecord.",
          en: "Give personalData: ground (UU 27/2022 Pasal 20) and processingRecord.",
        },
      );
    },
    "Dasar pemrosesan data pribadi",
    "Ground of processing personal data",
    "personalData.legalBasis",
  ),

  "grant-connection": guard(
    (context, { content }) => {
      if (answerTo(context.profile, "intra.connectConsumer").value !== true) return notRequired(context, "intra.connectConsumer");
      if (context.operationsOf(content.service) !== undefined)
        return met(
          "Penyedia terhubung dan layanannya terbuka bagi pemohon lewat gerbang ini.",
          "The provider is connected, and its service open to the consumer, through this gateway.",
        );
      return unmet(
        { id: "Layanan penyedia belum terhubung ke gerbang.", en: "The provider's service is not connected to the gateway." },
        { id: "Tempuh jalan layanan sampai uji coba (service try).", en: "Take the service's road up to its trial (service try)." },
      );
    },
    "Keterhubungan penyedia dan pemohon",
    "Connection of provider and consumer",
    "intra.connectConsumer",
  ),

  "grant-coordination": guard(
    (context, { content }) => {
      if (answerTo(context.profile, "grants.coordination").value !== "dinas") return notRequired(context, "grants.coordination");
      if (memberOf(content.consumer) === memberOf(content.service))
        return met("Pemohon dan pemilik adalah Perangkat Daerah yang sama.", "Consumer and owner are one agency.");
      if (content.coordinated !== undefined)
        return met(`Dikoordinasikan oleh Dinas (${content.coordinated.by}).`, `Coordinated by the Dinas (${content.coordinated.by}).`);
      return unmet(
        { id: "Dinas belum mengoordinasikan.", en: "The Dinas has not coordinated it." },
        { id: "Registrar: grant coordinate.", en: "The registrar: grant coordinate." },
      );
    },
    "Koordinasi Dinas",
    "The Dinas's coordination",
    "grants.coordination",
  ),

  "grant-outsider": guard(
    (context, { content }) => {
      const { profile, registry } = context;
      if (isOwn(registry, content.consumer))
        return met("Pemohon adalah Perangkat Daerah sendiri.", "The consumer is one of the region's own agencies.");
      if (answerTo(profile, "externalSharing.consent").value === "dinas") {
        if (content.coordinated !== undefined)
          return met(
            `Dinas menyetujui pihak luar (${content.coordinated.by}).`,
            `The Dinas consents to the outside party (${content.coordinated.by}).`,
            "externalSharing.consent",
          );
        return unmet(
          { id: "Pihak luar memerlukan persetujuan Dinas.", en: "An outside party needs the Dinas's consent." },
          { id: "Registrar: grant coordinate.", en: "The registrar: grant coordinate." },
          "externalSharing.consent",
        );
      }
      if (answerTo(profile, "externalSharing.procedure").value !== null)
        return met(
          `Pihak luar, atas dasar: ${content.legalBasis}.`,
          `An outside party, on the basis of: ${content.legalBasis}.`,
          "externalSharing.procedure",
        );
      const kinds = answerTo(profile, "externalSharing").value;
      return kinds === null
        ? notRequired(context, "externalSharing")
        : met(`Pihak luar; peraturan menyebut ${kinds.join(", ")}.`, `An outside party; the regulation names ${kinds.join(", ")}.`);
    },
    "Pihak luar",
    "Outside parties",
    "externalSharing",
    "externalSharing.consent",
    "externalSharing.procedure",
  ),

  "share-first": guard(
    (context) => {
      if (answerTo(context.profile, "data.shareFirst").value !== true) return notRequired(context, "data.shareFirst");
      return met(
        "Bagi pakai data diutamakan: penolakan ini tercatat dengan sarannya.",
        "Sharing data comes first: this refusal is on record, with its advice.",
      );
    },
    "Bagi pakai diutamakan",
    "Sharing comes first",
    "data.shareFirst",
  ),
} as const satisfies Record<string, Guard<"grant">>;
