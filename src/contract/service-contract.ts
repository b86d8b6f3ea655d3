import type { ReferenceLists } from "./formats/reference-list.ts";
import type { Operation } from "./contract.ts";
import { contractMethods, follow, tokensBelow, type ContractDocument } from "./document.ts";
import { createFieldShapes } from "./field-shape.ts";
import { createContract } from "./operation.ts";
import { createRouter } from "./router.ts";
import { createSchemaValidators } from "./schemas.ts";

export interface ServiceContract {
  /** By `operationId`. */
  readonly operations: ReadonlyMap<string, Operation>;
  /**
   * The operation that the contract declares for a method and the raw path after the version segment; `undefined` if
   * there is none. A HEAD resolves to the GET operation if the contract has no HEAD of its own.
   */
  findOperation(method: string, path: string): { readonly operation: Operation; readonly pathParameters: readonly string[] } | undefined;
}

/** The contract of a service version: its operations by method and raw path. Schemas compile on their first use, once. */
export function createServiceContract(document: ContractDocument, lists?: ReferenceLists): ServiceContract {
  const readers = { judges: createSchemaValidators(document, lists), shapes: createFieldShapes(document) };
  const routes = new Map<string, ReadonlyMap<string, Operation>>();
  for (const template of tokensBelow(document.paths)) {
    const item = follow(document, ["paths", template])!;
    const operations = new Map<string, Operation>();
    for (const method of contractMethods) {
      const operation = follow(document, [...item.steps, method]);
      if (operation === undefined) continue;
      operations.set(method.toUpperCase(), {
        id: operation.node["operationId"] as string,
        contract: createContract(document, template, operation.steps, readers),
      });
    }
    routes.set(template, operations);
  }
  const router = createRouter(routes);
  const operations = new Map(
    [...routes.values()].flatMap((byMethod) => [...byMethod.values()].map((operation) => [operation.id, operation])),
  );

  return {
    operations,
    findOperation(method, path) {
      const route = router.find(path);
      const operation = route?.found.get(method) ?? (method === "HEAD" ? route?.found.get("GET") : undefined);
      return route === undefined || operation === undefined ? undefined : { operation, pathParameters: route.segments };
    },
  };
}
