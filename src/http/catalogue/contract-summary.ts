import { contractMethods, follow, tokensBelow, type ContractDocument } from "../../contract/document.ts";
import type { PointerTokens } from "../../source/steps.ts";

/** The overview of a contract that the catalogue shows. */
export interface ContractSummary {
  /** The input: names of parameters and of the content's members, in order of first occurrence. */
  readonly atribut: readonly string[];
  /** The output on success: media types, and names of the members. */
  readonly output: { readonly jenis: readonly string[]; readonly atribut: readonly string[] };
  readonly operations: readonly { readonly id: string; readonly method: string; readonly path: string; readonly summary?: string }[];
}

/** Summarises a contract that the manifest loader has accepted. */
export function summarise(document: ContractDocument): ContractSummary {
  const [asked, given, types] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const operations: ContractSummary["operations"][number][] = [];
  const at = (...steps: string[]): ReturnType<typeof follow> => follow(document, steps);

  const readParameters = (steps: PointerTokens): void => {
    for (const step of tokensBelow(at(...steps, "parameters")?.node)) asked.add(String(at(...steps, "parameters", step)?.node["name"]));
  };
  const readContent = (steps: PointerTokens, names: Set<string>): void => {
    for (const mediaType of tokensBelow(at(...steps, "content")?.node)) {
      if (names === given) types.add(mediaType);
      for (const name of membersOf(document, [...steps, "content", mediaType, "schema"])) names.add(name);
    }
  };

  for (const path of tokensBelow(document.paths)) {
    const item = at("paths", path)!;
    for (const method of contractMethods) {
      const operation = at(...item.steps, method);
      if (operation === undefined) continue;
      const { operationId, summary } = operation.node as { readonly operationId: string; readonly summary?: string };
      operations.push({ id: operationId, method: method.toUpperCase(), path, ...(summary === undefined ? {} : { summary }) });
      readParameters(item.steps);
      readParameters(operation.steps);
      const body = at(...operation.steps, "requestBody");
      if (body !== undefined) readContent(body.steps, asked);
      for (const status of tokensBelow(operation.node["responses"])) {
        const response = status.startsWith("2") ? at(...operation.steps, "responses", status) : undefined;
        if (response !== undefined) readContent(response.steps, given);
      }
    }
  }
  return { atribut: [...asked], output: { jenis: [...types], atribut: [...given] }, operations };
}

/** Member names on the first level of a schema: of an object, of an array's items, of the parts of `allOf`. */
function membersOf(document: ContractDocument, steps: PointerTokens, depth = 0): readonly string[] {
  const schema = depth > 8 ? undefined : follow(document, steps);
  if (schema === undefined) return [];
  const { node, steps: here } = schema;
  return [
    ...tokensBelow(node["properties"]),
    ...tokensBelow(node["allOf"]).flatMap((index) => membersOf(document, [...here, "allOf", index], depth + 1)),
    ...(node["items"] === undefined ? [] : membersOf(document, [...here, "items"], depth + 1)),
  ];
}
