import type { ExchangeLeaf } from "../ledger/leaf.ts";
import { follow } from "../contract/document.ts";
import { createRouter } from "../contract/router.ts";
import type { ProvedEntry } from "./proved-entry.ts";
import type { Claims } from "../trust/statement.ts";
import type { Bundle } from "./bundle.ts";
import type { ProvenBasis } from "./check-basis.ts";
import { covers, type Span } from "./check-key.ts";
import type { CheckReport } from "./check-report.ts";
import { restOf } from "./check-statement.ts";

const where = "/registry/entries";
const serving: ReadonlySet<string> = new Set(["active", "trial", "deprecated"]);

/** Checks that the service was registered and serving, and belongs to its provider. `undefined` if its entry is not proved. */
export function checkService(
  { service: id }: ExchangeLeaf,
  registry: ProvenBasis,
  report: CheckReport,
): ProvedEntry<"service"> | undefined {
  const service = id === undefined ? undefined : registry.get("service", id);
  const provider = service?.content.provider;
  report.record("service", where, service !== undefined && serving.has(service.state) && id!.startsWith(`${provider}/`), {
    service: id,
    provider,
  });
  return service;
}

/** Checks that the service's contract declares the operation for the method and path that the consumer signed. */
export function checkOperation(
  { documents }: Bundle,
  leaf: ExchangeLeaf,
  { content }: ProvedEntry<"service">,
  claims: Claims | undefined,
  report: CheckReport,
): void {
  const [document, at] = [documents[content.contract], `/documents/${content.contract}`];
  if (document === undefined) return report.skip("operation", at, "no-document");
  if (claims === undefined) return report.skip("operation", at, "no-statement");
  report.record("operation", at, operationAt(document, claims.htm, restOf(claims, leaf)) === leaf.operation, { operation: leaf.operation });
}

type PathItem = Readonly<Record<string, { readonly operationId?: string } | undefined>>;

/** The `operationId` of a method and raw path. A path item may be a reference; a HEAD that is not declared is that of GET. */
function operationAt(text: string, method: string, path: string | undefined): string | undefined {
  try {
    const document = JSON.parse(text) as { readonly paths: object };
    const itemAt = (template: string): PathItem => follow(document, ["paths", template])?.node as PathItem;
    const items = new Map(Object.keys(document.paths).map((template) => [template, itemAt(template)]));
    const item = path === undefined ? undefined : createRouter(items).find(path)?.found;
    return (item?.[method.toLowerCase()] ?? (method === "HEAD" ? item?.["get"] : undefined))?.operationId;
  } catch {
    return undefined;
  }
}

/** Checks that the grant in the leaf covers the call. That there was no grant cannot be proved from single entries. */
export function checkGrant(
  leaf: ExchangeLeaf,
  service: ProvedEntry<"service"> | undefined,
  span: Span,
  registry: ProvenBasis,
  report: CheckReport,
): void {
  const { grant: id, problem } = leaf;
  if (id === undefined && leaf.type === "refusal")
    return report.skip("grant", where, problem === "not-granted" ? "no-absence" : "undecided");
  const isOpen = service !== undefined && id === `${service.id}#open`;
  const grant = id === undefined || isOpen ? undefined : registry.get("grant", id);
  const lacks = isOpen ? openLacks(leaf, service.content.open) : grant === undefined ? ["entry"] : grantLacks(leaf, grant, span);
  const legalBasis = isOpen ? service.content.open?.legalBasis : grant?.content.legalBasis;
  report.record("grant", where, lacks.length === 0, { grant: id, legalBasis, lacks: lacks.join(", ") });
}

const openLacks = ({ purpose }: ExchangeLeaf, open: ProvedEntry<"service">["content"]["open"]): string[] =>
  open !== undefined && open.purpose === purpose ? [] : ["purpose"];

function grantLacks(leaf: ExchangeLeaf, { state, content }: ProvedEntry<"grant">, span: Span): string[] {
  const holds = {
    state: state === "active",
    consumer: content.consumer === leaf.consumer,
    service: content.service === leaf.service,
    purpose: content.purpose === leaf.purpose,
    replacement: content.replacedBy === undefined || span.from < Date.parse(content.replacedBy.from),
    operations: leaf.operation !== undefined && content.operations.includes(leaf.operation),
    period: covers(content, span),
    suspensions: Object.keys(content.suspensions ?? {}).length === 0,
  };
  return Object.entries(holds).flatMap(([name, isMet]) => (isMet ? [] : [name]));
}
