/** Patterns without anchors, to compose regular expressions from. */
export const forms = {
  /** 32 bytes as base64url (protocol §1): unpadded, zero trailing bits. */
  hash: "[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]",
  /** A UUID of any version (RFC 9562 §4) in lower case. */
  uuid: "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
  /** A UUIDv7 (RFC 9562 §5.7) in lower case. */
  uuidv7: "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
  /** RFC 3339 in UTC with milliseconds, as `Date.prototype.toISOString` writes it. */
  instant: String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`,
} as const;

export type FormName = keyof typeof forms;

/** Matches a text that is of this form as a whole. */
export const formOf = (name: FormName): RegExp => new RegExp(`^${forms[name]}$`);
