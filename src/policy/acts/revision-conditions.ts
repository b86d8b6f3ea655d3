/** The conditions of an application. They are evaluated again when it is decided, and before production. */
export const applicationConditions = [
  "standard",
  "tier-1",
  "classification",
  "application-route",
  "needs-analysis",
  "dossier",
  "builder",
  "hosting",
  "host-name",
  "umum-khusus",
  "external-sharing",
] as const;

/** The conditions under which a revision goes into production. */
export const productionConditions = [
  ...applicationConditions,
  "owner-consent",
  "sandbox-trial",
  "life-cycle",
  "handover",
  "opinions",
  "measures",
  "production",
  "correction-agreed",
] as const;
