import type { Text } from "../base/text.ts";
import { formats } from "../contract/formats/formats.ts";
import { contractLimits } from "../contract/limits.ts";
import { folderLimits } from "../contract/reading/folder.ts";
import { longestCopies } from "../contract/reading/swagger/conversion.ts";
import { treeLimits } from "../source/limits.ts";
import { lintLimits } from "./limits.ts";
import { changesTable } from "./change/changes-table.ts";
import { standardName, type Standard } from "./standard.ts";

const cell = (text: string): string => text.replaceAll("|", "\\|");

const both = ({ id, en }: Text): string => `${cell(id)}<br>*${cell(en)}*`;

/** What becomes of Swagger 2.0, as `test/contract/swagger.test.ts` holds it. */
const swagger: readonly (readonly [string, string])[] = [
  ["`definitions`", "`components.schemas`; `x-nullable`, `discriminator`, boolean bounds and required `readOnly` members as 3.1 says them"],
  [
    "`in: body`",
    "`requestBody`, with each media type of `consumes`: the operation's own, else the document's, else `application/json`, which is told",
  ],
  [
    "`in: formData`",
    "one `requestBody` of the form that `consumes` names; else `multipart/form-data` if a field is a file, " +
      "else `application/x-www-form-urlencoded`",
  ],
  ["other parameters", "their words as a `schema`; of the path and shared ones, too"],
  [
    "`collectionFormat`",
    "`csv`, `ssv`, `pipes` and `multi` in a query as styles, `csv` in a path or header; what 3.1 cannot cut (`tsv`, arrays of arrays) is " +
      "judged as a text and told; tabs in a path or header are refused (`collection-format`)",
  ],
  [
    "`schema` of a response",
    "content with each media type of `produces`, likewise; else of its `examples`; `type: file` is content without a schema",
  ],
  ["a response without `schema`", "no content, unless it has `examples`"],
  ["shared parameters, responses", `written out where they are used, at most ${longestCopies / 1_048_576} MiB in all`],
  ["paths that differ in their parameters' names alone", "one path, where their methods lie apart; its operations keep their names"],
  ["`host`, `basePath`, `schemes`", "`servers`, which the gateway does not call ([provider.md](provider.md#two-versions-at-one-address))"],
  ["`securityDefinitions`", "`components.securitySchemes`"],
  ["`body` beside `formData`, or twice", "refused: `body-and-form`, `body-twice`"],
  ["words of OpenAPI 3", "refused outside of schemas; in them they mean nothing, which is told"],
];

/** What a contract may be, with the limits. */
const taken: readonly (readonly [string, readonly string[]])[] = [
  [
    "dialects",
    [
      "Swagger 2.0 (below), OpenAPI 3.0, 3.1 and 3.2; JSON Schema 2020-12 and the dialects of OpenAPI (`jsonSchemaDialect`, `$schema`);",
      "of 3.2 without QUERY, `additionalOperations` and `itemSchema`",
    ],
  ],
  [
    "derived document",
    [
      "OpenAPI 3.1 as JSON with local references only; its digest is `contract` in the registry and so part of `basis`;",
      "`simpul contract show FILE`; what was given is kept beside it, byte for byte, its digests are `given`: `simpul service contract ID`",
    ],
  ],
  [
    "schemas",
    [
      "any of the dialect; keywords and formats that are not known are annotations;",
      `at most ${contractLimits.applications.toLocaleString("en")} are applied to one value, references followed`,
    ],
  ],
  [
    "patterns",
    [
      `ECMA-262 with the flag \`u\`, matched in linear time; at most ${contractLimits.patternLength.toLocaleString("en")} characters,`,
      `and ${contractLimits.patternSize.toLocaleString("en")} steps with repetitions written out, unless only one way leads to each place;`,
      "no back reference beside several ways;",
      "needless backslashes are dropped",
    ],
  ],
  [
    "references",
    [
      "`#/…`, anchors, `$id`, and files of the contract's folder:",
      `at most ${folderLimits.files} files and ${folderLimits.bytes / 1_048_576} MiB; nothing by network;`,
      "`$ref` in examples, defaults, enums and extensions is data",
    ],
  ],
  [
    "YAML",
    [
      `1.2, no tags but those of JSON, finite numbers, at most ${treeLimits.yamlDepth} levels,`,
      `and ${treeLimits.yamlAliasNodes.toLocaleString("en")} nodes that aliases repeat`,
    ],
  ],
  [
    "size",
    [
      `more than ${treeLimits.contractBytes / 1_048_576} MiB is refused everywhere in the same words (\`file-too-large\`);`,
      `\`lint\` may take ${lintLimits.heapMegabytes} MiB of heap`,
    ],
  ],
];

/** The page `docs/standard.md`: every rule of a standard with its basis and how to fix what breaks it. */
export function standardPage(standard: Standard): string {
  const { title, setters, validFrom, validUntil, rules, file } = standard;
  const rows = rules.map(
    ({ id, title: asked, severity, basis, see, remedy }) =>
      `| \`${id}\` | ${severity} | ${both(asked)} | ${basis}${see === undefined ? "" : `; ${see}`} | ${both(remedy)} |`,
  );
  const period = `Valid from ${validFrom}${validUntil === undefined ? "" : ` until ${validUntil}`}`;
  return `# Standar interoperabilitas · The interoperability standard

This page is made from [\`${file}\`](../${file}); \`npm test\` says when it is out of date.

**${standardName(standard)}** ${title.id} (*${title.en}*). ${period}; may be set by: ${setters.join(", ")}.

\`\`\`sh
./simpul lint FILE --profile muara-enim-52-2022            # 0 passes, 1 has errors, 2 cannot be judged
./simpul lint FILE --profile muara-enim-52-2022 --html laporan.html
./simpul lint FILE --profile muara-enim-52-2022 --previous openapi-1.0.0.yaml
\`\`\`

Which standard holds is the regulation's to say (\`standard.setter\` of the profile); where it names nobody it is the national one. What
Permenkominfo 1/2023
does not ask for says \`project rule\`, or names the regulation that it rests on. Several versions may be valid side by side;
\`--standard\` chooses one.

The rulesets are in Spectral's format. Functions of Spectral's core mean the same here; those listed under \`functions\` are this
program's own
(\`src/standard/functions\`), and a plain Spectral needs functions of those names to run their rules. Unlike Spectral, a function, an
alias, an option or a path that is not known is an error.

| rule | severity | asks for | basis | how to mend |
|---|---|---|---|---|
${rows.join("\n")}

## Changes · Perubahan

With \`--previous\`, and whenever a version has a contract in force, both contracts are compared by what they mean: \`$ref\`,
\`allOf\` and the order of words do not count. A request has to accept all that it accepted, an answer may give no more than it gave.
\`UBAH-SEARAH\` (error) is what breaks that; \`UBAH-PERIKSA\` (warning) is what the contracts alone do not tell. Another major version may
change anything.

${changesTable()}

Not compared, because the gateway does not carry or read it: \`servers\`, \`security\`, \`webhooks\`, \`callbacks\`, \`links\`. The end of a
version is an act of its owner (\`service deprecate\`), no word of the contract.

## What is refused, and what is judged

One reader serves \`lint\`, \`contract show\`, \`try\`, \`apply\` and the workbench. What it refuses is an error of \`lint\`, too,
whatever the standard says: with the registry's code as its rule, or beside the rule that found it (\`apply: CODE\`). All other errors
are the standard's: such a contract can be registered, and the profile says what they keep from production. What the gateway reads in
another way than it was written is a warning or an info.

| | |
|---|---|
${taken.map(([what, how]) => `| ${what} | ${how.join(" ")} |`).join("\n")}

What is given in Swagger 2.0 becomes OpenAPI 3.1 like this; every fault and finding is told at its line of the 2.0 document:

| Swagger 2.0 | |
|---|---|
${swagger.map(([what, becomes]) => `| ${what} | ${becomes} |`).join("\n")}

Of what is not UTF-8, not YAML or JSON, or no OpenAPI, and of a \`$ref\` that leads out of the folder, to the internet or in a circle,
\`lint\` tells that one fault only, and ends with 2. Judging is broken off after ${lintLimits.milliseconds / 1000} seconds: that is a
limit for what hangs (a contract of 1 MiB takes some 2 s) and says nothing about the document.

Formats that the gateway judges, in contracts and in messages: ${Object.keys(formats)
    .map((name) => `\`${name}\``)
    .join(", ")}.
`;
}
