/** What each kind of change is, in a request or a parameter and in an answer. */
const rows: readonly (readonly [string, string, string])[] = [
  [
    "`type`, `enum`, `const`, `nullable`; bounds, sizes, `multipleOf`, `uniqueItems`; " +
      "`format` (`int32` is within `int64`); `items`, `prefixItems`, `contains`, `propertyNames`, `patternProperties`",
    "error if it accepts less",
    "error if it gives more",
  ],
  ["`pattern`, `contentEncoding`, `contentMediaType`", "error if new or another", "error if gone or another"],
  ["`required`, `dependentRequired`", "error if more", "error if less"],
  ["a member is gone", "error if the object is closed", "error"],
  ["a member is new", "–", "–"],
  ["`additionalProperties`, `unevaluatedProperties`", "error if closed, or tighter", "error if the values of a map may be more"],
  ["`anyOf`, `oneOf`", "error if a form is not taken any more; warning if the forms of a `oneOf` may overlap", "error if a form is new"],
  ["`if`, `not`, `dependentSchemas`, another `contains`, `discriminator`", "warning: cannot be compared", "warning"],
  ["`default`; `readOnly` is new", "warning", "–"],
  ["`writeOnly` is new", "–", "error: not given any more"],
  ["a parameter: gone, or required now; another `style`, `explode` or `content`", "error", ""],
  ["a parameter: one value → an array of it", "–; warning where a comma joins them", ""],
  ["a parameter: `allowReserved`, `allowEmptyValue` is gone", "warning", ""],
  ["a body that is required now, or not taken any more; a media type that is gone", "error", "error"],
  ["a status 2xx that is gone; a required header that is gone", "", "error"],
  ["a status 2xx that is new; an optional header that is gone", "", "warning"],
  ["an operation, or its `operationId` (grants name it)", "error", ""],
  ["another name of a path parameter; words, examples, tags, `deprecated`, `x-…`", "–", "–"],
];

/** The table of `docs/standard.md` by which changes are judged. */
export const changesTable = (): string =>
  ["| what changes | request, parameter | answer |", "|---|---|---|", ...rows.map((cells) => `| ${cells.join(" | ")} |`)].join("\n");
