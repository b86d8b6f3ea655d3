/** Parts of the actions' inputs, JSON Schema 2020-12. */
export const textSchema = { type: "string", minLength: 1, maxLength: 500 } as const;
export const day = { type: "string", format: "date", description: "2026-01-31" } as const;
/** The last day of a period, as letters say it: the day is included, until midnight in the region. The registry keeps what follows it. */
export const lastDay = {
  type: "string",
  format: "date",
  description: "2026-12-31: the last day, included, in the region's time zone",
} as const;
export const serviceId = {
  type: "string",
  pattern: "^[A-Za-z][A-Za-z0-9.:-]{0,31}/[A-Za-z][A-Za-z0-9.:-]{0,31}/(?:[A-Za-z0-9]{2,32}/){3}v(?:0|[1-9][0-9]{0,5})$",
  examples: ["ID-35.14/GOV/disdukcapil/siak/penduduk/v1"],
} as const;
export const subsystemId = {
  type: "string",
  pattern: "^[A-Za-z][A-Za-z0-9.:-]{0,31}/[A-Za-z][A-Za-z0-9.:-]{0,31}/[A-Za-z0-9]{2,32}/[A-Za-z0-9]{2,32}$",
  examples: ["ID-35.14/GOV/dinsos/bansos"],
} as const;
export const memberId = {
  type: "string",
  pattern: "^[A-Za-z][A-Za-z0-9.:-]{0,31}/[A-Za-z][A-Za-z0-9.:-]{0,31}/[A-Za-z0-9]{2,32}$",
  examples: ["ID-35.14/GOV/dinsos"],
} as const;
export const slug = { type: "string", pattern: "^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$" } as const;

export const objectSchema = (properties: Readonly<Record<string, unknown>>, required: readonly string[] = []) =>
  ({ type: "object", properties, required, additionalProperties: false }) as const;

/** The letter itself stays with the agency; the registry keeps what identifies it. */
export const letter = objectSchema(
  {
    number: { type: "string", minLength: 1, maxLength: 100 },
    date: day,
    sha256: { type: "string", pattern: "^[0-9a-f]{64}$", description: "sha256sum of the file" },
  },
  ["number", "date", "sha256"],
);

export const letters = { type: "object", propertyNames: slug, additionalProperties: letter, maxProperties: 30 } as const;

/** Letters by what they are for, with the names that some profile asks for. Others may be kept beside them. */
export const lettersFor = (...slots: readonly string[]) => ({ ...letters, propertyNames: { ...slug, examples: slots } }) as const;

export const rate = objectSchema(
  { perSecond: { type: "integer", minimum: 1, maximum: 100000 }, burst: { type: "integer", minimum: 1, maximum: 100000 } },
  ["perSecond", "burst"],
);

export const nothing = objectSchema({});
export const reason = objectSchema({ reason: textSchema }, ["reason"]);
