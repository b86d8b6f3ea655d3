import { memberOf } from "../../base/names.ts";
import { complete } from "./application-guards.ts";
import { guardOf, met, notRequired, unmet, type Guard } from "./guard.ts";
import { answerTo } from "../profile/profile.ts";

const guard = guardOf("revision");

/** The conditions on where a service stands and under which name. */
export const hostingGuards = {
  hosting: guard(
    (context, { content: { service, dossier } }) => {
      const { profile, registry } = context;
      const rule = answerTo(profile, "hosting.dataCentre").value;
      const own = answerTo(profile, "hosting.ownServer").value;
      const { hosting } = dossier;
      if (rule === null) return notRequired(context, "hosting.dataCentre");
      if (rule === "may" && own === null) return met("Pusat data boleh dipakai, tidak wajib.", "The data centre may be used; it need not.");
      if (hosting === undefined)
        return unmet(
          { id: "Letak server belum dinyatakan.", en: "Where the server stands is not said." },
          complete("hosting.place", "hosting.place"),
        );
      if (hosting.place === "daerah" && answerTo(profile, "hosting.pdn").value === "must-when-available") {
        return met(
          "Server di pusat data daerah; begitu Pusat Data Nasional ditetapkan dan tersedia, itulah yang dipakai.",
          "The server stands in the region's data centre; once the national one is set and available, that is used.",
          "hosting.pdn",
        );
      }
      if (hosting.place !== "pd")
        return met(`Server di pusat data ${hosting.place}.`, `The server stands in the data centre: ${hosting.place}.`);
      if (own === "mandiri-tik" && registry.get("member", memberOf(service))?.content.mandiriTik !== undefined)
        return met("PD Mandiri TIK memiliki server sendiri.", "A PD Mandiri TIK has its own server.", "hosting.ownServer");
      if (own === "after-advice") {
        return hosting.advice !== undefined
          ? met(
              `Server milik PD dengan saran teknis Dinas: ${hosting.advice.number}.`,
              `The agency's own server, with the Dinas's advice: ${hosting.advice.number}.`,
              "hosting.ownServer",
            )
          : unmet(
              { id: "Server milik PD memerlukan saran teknis Dinas.", en: "An own server needs the Dinas's technical advice." },
              complete("hosting.advice (surat)", "hosting.advice (a letter)"),
              "hosting.ownServer",
            );
      }
      if (rule === "may") return met("Pusat data boleh dipakai, tidak wajib.", "The data centre may be used; it need not.");
      return unmet(
        { id: "Server harus berada di pusat data.", en: "The server has to stand in the data centre." },
        complete("hosting.place: daerah | nasional", "hosting.place: daerah | nasional"),
      );
    },
    "Letak server",
    "Where the server stands",
    "hosting.dataCentre",
    "hosting.ownServer",
    "hosting.pdn",
  ),

  "host-name": guard(
    (context, { content: { proposal, dossier } }) => {
      const suffixes = answerTo(context.profile, "hosting.hostSuffixes").value;
      const decree = answerTo(context.profile, "hosting.hostRule").value === "decree";
      if (suffixes === null && !decree) return notRequired(context, "hosting.hostSuffixes");
      const key = decree ? "hosting.hostRule" : "hosting.hostSuffixes";
      const { hostname } = new URL(proposal.upstream);
      if (/^[\d.]+$|^\[/.test(hostname))
        return met(
          "Hulu berupa alamat di Jaringan Intra, bukan nama.",
          "The upstream is an address in the intra network, not a name.",
          key,
        );
      if (suffixes?.some((suffix) => hostname === suffix || hostname.endsWith(`.${suffix}`)) === true)
        return met(`${hostname} di bawah domain pemerintah daerah.`, `${hostname} is under the region's domain.`, key);
      if (decree && dossier.domainDecree !== undefined)
        return met(
          `${hostname} termuat dalam ${dossier.domainDecree.number}.`,
          `${hostname} is listed by ${dossier.domainDecree.number}.`,
          key,
        );
      if (decree)
        return unmet(
          {
            id: `${hostname} belum ditunjukkan termuat dalam keputusan tentang subdomain.`,
            en: `${hostname} is not shown to be listed by the decree on subdomains.`,
          },
          complete("domainDecree (keputusan)", "domainDecree (the decree)"),
          key,
        );
      return unmet(
        { id: `${hostname} tidak di bawah ${suffixes!.join(", ")}.`, en: `${hostname} is not under ${suffixes!.join(", ")}.` },
        { id: "Pindahkan layanan ke subdomain pemerintah daerah.", en: "Move the service to a subdomain of the region's." },
        key,
      );
    },
    "Nama domain",
    "Domain name",
    "hosting.hostSuffixes",
    "hosting.hostRule",
  ),
} as const satisfies Record<string, Guard<"revision">>;
