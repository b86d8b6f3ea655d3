import { tokensBelow } from "../../contract/document.ts";
import type { PointerTokens } from "../../source/steps.ts";
import { resolve, type LintDocument } from "../document.ts";
import { breaking, toLookAt, type ContractChange, type Pair } from "./change.ts";
import type { Direction } from "./comparison.ts";
import { messages } from "./messages.ts";
import { schemaChanges, type Compared } from "./schema-changes.ts";

/** A media type without its parameters, which change nothing about its schema (RFC 9110 §8.3.1). */
const bare = (type: string): string => type.split(";", 1)[0]!.trim().toLowerCase();

/** The range (RFC 9110 §12.5.1) or the media type among `types` that covers one, the closest first. */
function covering(types: readonly string[], one: string): string | undefined {
  const names = [one, bare(one), `${bare(one).split("/", 1)[0]!}/*`, "*/*"];
  return names.map((name) => types.find((type) => type === name || bare(type) === name)).find((type) => type !== undefined);
}

/** The contents of a request body or of a response. */
export function* contentChanges(pair: Pair, direction: Direction, compared: Compared): Generator<ContractChange> {
  const [old, now] = [resolve(pair.before, pair.old), resolve(pair.after, pair.now)];
  if (old === undefined || now === undefined) return;
  const [had, has] = [tokensBelow(old.node["content"]), tokensBelow(now.node["content"])];
  const schema = (steps: PointerTokens, type: string): PointerTokens => [...steps, "content", type, "schema"];
  const [narrow, wide] = direction === "request" ? [had, has] : [has, had];
  for (const type of narrow) {
    const other = covering(wide, type);
    if (other === undefined) {
      if (direction === "request") yield breaking(now.steps, messages.mediaTypeGone(type));
      continue;
    }
    const [before, after] = direction === "request" ? [type, other] : [other, type];
    yield* schemaChanges({ ...pair, old: schema(old.steps, before), now: schema(now.steps, after) }, direction, compared);
  }
  if (direction === "request") return;
  for (const type of had) {
    const range = bare(type).endsWith("/*");
    const still = range ? has.some((one) => covering([type], one) !== undefined) : covering(has, type);
    if (still === undefined || still === false) yield breaking(now.steps, messages.mediaTypeGone(type));
    // What was one media type may be any of a range now.
    else if (typeof still === "string" && still.includes("*") && bare(still) !== bare(type))
      yield breaking(now.steps, messages.mediaTypeReplaced(type, still));
  }
}

const success = (status: string): boolean => status.startsWith("2");

/** The key of `responses` that declares a status, or the statuses of a range; `default` is for failures where there is a success. */
const declaring = (statuses: readonly string[], status: string): string | undefined =>
  [status, `${status[0]!}XX`, ...(success(status) && statuses.some(success) ? [] : ["default"])].find((key) => statuses.includes(key));

function* headerChanges(pair: Pair, compared: Compared): Generator<ContractChange> {
  const headers = (document: LintDocument, steps: PointerTokens): ReadonlyMap<string, PointerTokens> => {
    const found = resolve(document, steps);
    return new Map(tokensBelow(found?.node["headers"]).map((name) => [name.toLowerCase(), [...found!.steps, "headers", name]]));
  };
  const has = headers(pair.after, pair.now);
  for (const [name, at] of headers(pair.before, pair.old)) {
    const [was, still] = [resolve(pair.before, at), has.get(name)];
    const is = still === undefined ? undefined : resolve(pair.after, still);
    if (was?.node["required"] === true && is?.node["required"] !== true)
      yield breaking(is?.steps ?? pair.now, messages.headerGone(at.at(-1)!));
    else if (is === undefined) yield toLookAt(pair.now, messages.headerDropped(at.at(-1)!));
    if (was !== undefined && is !== undefined)
      yield* schemaChanges({ ...pair, old: [...was.steps, "schema"], now: [...is.steps, "schema"] }, "response", compared);
  }
}

/** The statuses of an operation, each with its contents and headers. `pair` is of its `responses`. */
export function* responseChanges(pair: Pair, compared: Compared): Generator<ContractChange> {
  const statuses = (document: LintDocument, steps: PointerTokens): readonly string[] =>
    tokensBelow(resolve(document, steps)?.node).filter((status) => !status.startsWith("x-"));
  const [had, has] = [statuses(pair.before, pair.old), statuses(pair.after, pair.now)];
  for (const status of has) {
    const before = declaring(had, status);
    if (before === undefined && success(status)) yield toLookAt([...pair.now, status], messages.statusNew(status));
    if (before === undefined) continue;
    const at: Pair = { ...pair, old: [...pair.old, before], now: [...pair.now, status] };
    yield* contentChanges(at, "response", compared);
    yield* headerChanges(at, compared);
  }
  for (const status of had.filter(success)) {
    const still = status.endsWith("XX") ? has.some(success) : has.includes(status);
    if (!still) yield breaking(pair.now, messages.statusGone(status));
  }
}

/** What an operation takes as content. `pair` is of its `requestBody`, `now` the operation. */
export function* requestChanges(pair: Pair, now: PointerTokens, compared: Compared): Generator<ContractChange> {
  const [took, takes] = [resolve(pair.before, pair.old), resolve(pair.after, pair.now)];
  if (took !== undefined && takes === undefined) yield breaking(now, messages.contentGone);
  if (takes?.node["required"] === true && took?.node["required"] !== true) yield breaking(takes.steps, messages.contentRequired);
  yield* contentChanges(pair, "request", compared);
}
