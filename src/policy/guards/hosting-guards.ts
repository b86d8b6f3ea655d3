import { memberOf } from "../../base/names.ts";
import { guardOf, met, notRequired, unmet, type Guard } from "./guard.ts";
import { answerTo } from "../profile/profile.ts";
import { optionFor } from "../input-options.ts";
import { messages as remedies } from "./dossier-messages.ts";
import { addressesOf } from "../../registry/move-upstream.ts";
import { messages } from "./hosting-messages.ts";

const guard = guardOf("revision");

/** The conditions on where a service is hosted and under which name. */
export const hostingGuards = {
  hosting: guard(
    (context, { content: { service, dossier } }) => {
      const { profile, registry } = context;
      const rule = answerTo(profile, "hosting.dataCentre").value;
      const own = answerTo(profile, "hosting.ownServer").value;
      const { hosting } = dossier;
      if (rule === null) return notRequired(context, "hosting.dataCentre");
      if (rule === "may" && own === null) return met(messages.dataCentreOptional);
      if (hosting === undefined)
        return unmet(messages.placeNotStated, remedies.complete(optionFor("dossier.hosting.place", "daerah|nasional|pd")));
      if (hosting.place === "daerah" && answerTo(profile, "hosting.pdn").value === "must-when-available") {
        return met(messages.regionalDataCentre, "hosting.pdn");
      }
      if (hosting.place !== "pd") return met(messages.inDataCentre(hosting.place));
      if (own === "mandiri-tik" && registry.get("member", memberOf(service))?.content.mandiriTik !== undefined)
        return met(messages.mandiriTikOwnServer, "hosting.ownServer");
      if (own === "after-advice") {
        return hosting.advice !== undefined
          ? met(messages.ownServerWithAdvice(hosting.advice.number), "hosting.ownServer")
          : unmet(messages.ownServerNeedsAdvice, remedies.completeWithLetter("dossier.hosting.advice"), "hosting.ownServer");
      }
      if (rule === "may") return met(messages.dataCentreOptional);
      return unmet(messages.dataCentreRequired, remedies.complete(optionFor("dossier.hosting.place", "daerah|nasional")));
    },
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
      const names = addressesOf(proposal)
        .map((address) => new URL(address).hostname)
        .filter((host) => !/^[\d.]+$|^\[/.test(host));
      const [first] = names;
      if (first === undefined) return met(messages.upstreamIsAddress, key);
      const outside = names.find((host) => suffixes?.some((suffix) => host === suffix || host.endsWith(`.${suffix}`)) !== true);
      if (outside === undefined) return met(messages.hostUnderDomain(first), key);
      if (decree && dossier.domainDecree !== undefined) return met(messages.hostInDecree(outside, dossier.domainDecree.number), key);
      if (decree) return unmet(messages.hostNotInDecree(outside), remedies.completeWithLetter("dossier.domainDecree"), key);
      return unmet(messages.hostNotUnder(outside, suffixes!.join(", ")), messages.moveToSubdomain, key);
    },
    "hosting.hostSuffixes",
    "hosting.hostRule",
  ),
} as const satisfies Record<string, Guard<"revision">>;
