import type { Operation, ServiceVersion } from "../snapshot.ts";
import { contractMethods, follow, stepsBelow, type ContractDocument } from "./document.ts";
import { createContract } from "./operation.ts";
import { createRouter } from "./router.ts";
import { createSchemaJudges } from "./schemas.ts";

export interface ServiceContract extends Pick<ServiceVersion, "findOperation"> {
  readonly operationIds: ReadonlySet<string>;
}

/** The contract of a service version: its operations by method and raw path. Schemas compile on their first use, once. */
export function createServiceContract(document: ContractDocument): ServiceContract {
  const judges = createSchemaJudges(document);
  const routes = new Map<string, ReadonlyMap<string, Operation>>();
  for (const template of stepsBelow(document.paths)) {
    const item = follow(document, ["paths", template])!;
    const operations = new Map<string, Operation>();
    for (const method of contractMethods) {
      const operation = follow(document, [...item.steps, method]);
      if (operation === undefined) continue;
      operations.set(method.toUpperCase(), { id: operation.node["operationId"] as string, contract: createContract(document, template, operation.steps, judges) });
    }
    routes.set(template, operations);
  }
  const router = createRouter(routes);

  return {
    operationIds: new Set([...routes.values()].flatMap((operations) => [...operations.values()].map((operation) => operation.id))),
    findOperation(method, path) {
      const route = router.find(path);
      const operation = route?.found.get(method) ?? (method === "HEAD" ? route?.found.get("GET") : undefined);
      return route === undefined || operation === undefined ? undefined : { operation, pathParameters: route.segments };
    },
  };
}
