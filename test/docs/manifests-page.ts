import { readFileSync } from "node:fs";
import { join } from "node:path";
import { policiesFolder } from "../../src/base/project.ts";
import { formWords } from "../../src/contract/form-words.ts";

/** What the page reads of a JSON Schema: `title` is English, `description` Indonesian. */
export interface FieldSchema {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly items?: FieldSchema;
  readonly additionalProperties?: FieldSchema | boolean;
  readonly $defs?: Readonly<Record<string, FieldSchema>>;
}

/** One row of the page: `contact.email`, `grants[].rate.burst`. */
export interface ManifestField {
  readonly name: string;
  readonly required: boolean;
  readonly schema: FieldSchema;
}

export const manifestNames = ["instance", "member", "subsystem", "service"] as const;

export const schemaOf = (name: string): FieldSchema =>
  JSON.parse(readFileSync(join(policiesFolder, "schema", `${name}.json`), "utf8")) as FieldSchema;

/** A schema with what its `$ref` says; its own words win. */
function resolved(schema: FieldSchema, file: FieldSchema): { readonly schema: FieldSchema; readonly file: FieldSchema } {
  const [, other, name] = /^(?:(\w+)\.json)?#\/\$defs\/(\w+)$/.exec(schema.$ref ?? "") ?? [];
  if (name === undefined) return { schema, file };
  const home = other === undefined ? file : schemaOf(other);
  return { schema: { ...home.$defs![name], ...schema }, file: home };
}

/** Every field of a manifest at any depth, in the order of its schema. */
export function* fieldsOf(schema: FieldSchema, file = schema, above = ""): Generator<ManifestField> {
  for (const [property, given] of Object.entries(schema.properties ?? {})) {
    const one = resolved(given, file);
    const name = `${above}${property}`;
    yield { name, required: schema.required?.includes(property) ?? false, schema: one.schema };
    yield* fieldsOf(one.schema, one.file, `${name}.`);
    if (one.schema.items !== undefined) yield* fieldsOf(one.schema.items, one.file, `${name}[].`);
    if (typeof one.schema.additionalProperties === "object") {
      const item = resolved(one.schema.additionalProperties, one.file);
      yield* fieldsOf(item.schema, item.file, `${name}.<operationId>.`);
    }
  }
}

/** What may be written there. */
function formOf({
  enum: words,
  const: only,
  pattern,
  format,
  type,
  minimum,
  exclusiveMinimum,
  maximum,
  maxLength,
  items,
}: FieldSchema): string {
  if (words !== undefined) return words.map((word) => `\`${word}\``).join(", ");
  if (only !== undefined) return `\`${JSON.stringify(only)}\``;
  if (format === "email") return "surel · *e-mail address*";
  // A name may have spaces inside; that it has none outside says little.
  if (pattern !== undefined && maxLength !== 200) {
    const told = formWords.get(pattern);
    return told === undefined ? `\`${pattern}\`` : `${told.id} · *${told.en}*`;
  }
  if (minimum !== undefined || exclusiveMinimum !== undefined) return `${minimum ?? `> ${exclusiveMinimum}`}–${maximum}`;
  if (type === "array") return `daftar · *list*${items?.pattern === undefined ? "" : `: ${formOf(items)}`}`;
  if (type === "object") return "";
  return maxLength === undefined ? "" : `teks, paling banyak ${maxLength} · *text, ${maxLength} at most*`;
}

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** The reference page `docs/manifests.md`. */
export function manifestsPage(): string {
  const sections = manifestNames.map((name) => {
    const schema = schemaOf(name);
    const rows = [...fieldsOf(schema)].map((field) =>
      row([
        `\`${field.name}\`${field.required ? " *" : ""}`,
        `${sentence(field.schema.description ?? "")} *${sentence(field.schema.title ?? "")}*`,
        formOf(field.schema),
      ]),
    );
    return `## ${name}.yaml

${schema.description}. *${schema.title}.*

| Kolom · field | Arti · meaning | Bentuk · form |
|---|---|---|
${rows.join("\n")}`;
  });
  return `# Manifes · Manifests

*This page is generated from the schemas in \`policies/schema\`; \`npm test -- test/docs/manifests.test.ts -u\` writes it again.*

Semua kolom berkas di bawah \`services/\`; \\* wajib ada. \`simpul new\` menulisnya dengan keterangan, \`simpul apply\`
memeriksanya: setiap kesalahan disebut dengan berkas, baris, dan apa yang benar. *Every field of the files below \`services/\`;
\\* is required. \`simpul new\` writes them with comments, and \`simpul apply\` names each fault with its file, its line and what
would be right.*

\`\`\`
services/instance.yaml
services/<member>/member.yaml
services/<member>/<subsystem>/subsystem.yaml
services/<member>/<subsystem>/keys/<name>.jwt
services/<member>/<subsystem>/<service>/v1/service.yaml, openapi.yaml, examples/<operationId>.<part>.json
\`\`\`

${sections.join("\n\n")}
`;
}
