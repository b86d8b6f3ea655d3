import { missingMeasures } from "../profile/classification.ts";
import { guardOf, unsupported, met, notRequired, unmet, type Guard } from "./guard.ts";
import { isOwn } from "../instance-of.ts";
import { answerTo } from "../profile/profile.ts";
import { messages as remedies } from "./dossier-messages.ts";
import { messages } from "./data-messages.ts";

const guard = guardOf("revision");

/** The conditions on the data of a service: its classification, and who may have it. */
export const dataGuards = {
  classification: guard(
    ({ profile }, { content }) => {
      const { classification } = content.proposal;
      const secret = classification === "rahasia" || classification === "sangat-rahasia";
      if (secret && answerTo(profile, "classification.excludeSecret").value === true) {
        return unmet(messages.secretNotShared(classification), messages.takeSecretOut, "classification.excludeSecret");
      }
      if (classification === "sangat-rahasia" && answerTo(profile, "sangat-rahasia.allowed").value !== true) {
        return unmet(messages.sangatRahasiaNotAdmitted, messages.admitSangatRahasia, "sangat-rahasia.allowed");
      }
      return met(messages.classified(classification));
    },
    "classification.required",
    "classification.excludeSecret",
    "sangat-rahasia.allowed",
  ),

  measures: guard(({ matrix, registry }, { state, content }) => {
    const { classification, open, provider, providerSignature } = content.proposal;
    const measures = matrix[classification];
    if (measures === undefined) return unmet(messages.classUnknown(classification), messages.chooseClass);
    if (measures.grant === "required" && open !== undefined) {
      return unmet(messages.openWithoutGrant(classification), messages.removeOpen);
    }
    const absent = missingMeasures(measures);
    const names = { id: absent.map(({ id }) => id).join(", "), en: absent.map(({ en }) => en).join(", ") };
    if (absent.length > 0 && state !== "trial") return unsupported(messages.measuresNeeded(classification, names));
    const signs = measures.providerSignature === "required" || providerSignature === "required";
    if (signs && ![...registry.of("key")].some((key) => key.state === "active" && key.content.owner === provider)) {
      return unmet(messages.providerKeyMissing, messages.registerProviderKey);
    }
    if (absent.length > 0) return met(messages.measuresNeededBeforeProduction(names));
    return met(messages.measuresEnforced(classification));
  }),

  "external-sharing": guard(
    (context, { content }) => {
      const { registry } = context;
      const { value: kinds } = answerTo(context.profile, "externalSharing");
      const outsiders = [...registry.of("member")].some(({ id, state }) => state === "active" && !isOwn(registry, id));
      if (
        content.proposal.open !== undefined &&
        outsiders &&
        answerTo(context.profile, "externalSharing.consent").value === "dinas" &&
        content.dossier.externalConsent === undefined
      ) {
        return unmet(messages.outsidersNeedConsent, remedies.completeWithLetter("dossier.externalConsent"), "externalSharing.consent");
      }
      if (isOwn(registry, content.service)) return met(messages.ownerIsOwnAgency);
      if (kinds === null) return notRequired(context, "externalSharing");
      return met(messages.outsideOwner(kinds.join(", ")));
    },
    "externalSharing",
    "externalSharing.consent",
  ),
} as const satisfies Record<string, Guard<"revision">>;
