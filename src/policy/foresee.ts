import { createServiceContract } from "../contract/service-contract.ts";
import type { ContractDocument } from "../contract/document.ts";
import type { Operation } from "../contract/contract.ts";
import type { Text } from "../base/text.ts";
import { actorName } from "../registry/commit-change.ts";
import type { Entry, EntryKind, Judgement } from "../registry/entry.ts";
import { entryName, type Plan } from "../registry/plan.ts";
import type { RegistryStore } from "../registry/registry-store.ts";
import { actions } from "./acts/actions.ts";
import { dayIn } from "./calendar.ts";
import type { Context, RegistryView } from "./context.ts";
import { evaluateConformance } from "./guards/conformance.ts";
import { blockers, evaluateGuards, type GuardName } from "./guards/guards.ts";
import { instanceOf } from "./instance-of.ts";
import { policyReader } from "./profile/policies-in-force.ts";

/** What the next step with something that a plan brings will be refused for. */
export interface Foreseen {
  /** `revision ID-16.03/…/r2`. */
  readonly subject: string;
  /** The step that will refuse: `revision.apply`. */
  readonly action: string;
  readonly judgements: readonly Judgement[];
  /** Every error of the contract by the standard, where the guard names the first only. */
  readonly findings: readonly Text[];
}

/**
 * Judges what a plan would bring by the guards of the next step, as far as they can be judged now: drafts as their application will
 * be, requests for grants as requested, and services in preparation by the standard. Nothing is written. Without a profile nothing is
 * foreseen: officers act under one.
 */
export async function foresee(
  plan: Plan,
  store: Pick<RegistryStore, "document">,
  { by, now }: { by: string; now: number },
): Promise<readonly Foreseen[]> {
  const document: RegistryStore["document"] = async (digest) => plan.documents.get(digest) ?? store.document(digest);
  const act = { by: actorName(by), at: new Date(now).toISOString() };
  const drafted = plan.proposed.map((proposal) => proposal.sign(act));
  const registry = viewOf([...plan.current.entries.map(({ entry }) => entry), ...plan.added, ...plan.changed, ...plan.retired, ...drafted]);
  const [instance] = registry.of("instance");
  if (instance?.content.profile === undefined) return [];
  const { profile, matrix } = await policyReader({ document })(registry);
  if (profile === undefined) return [];
  const today = dayIn(instanceOf(registry).content.timeZone, now);
  const conformance = evaluateConformance({ document });
  const actor = { officer: act.by, member: "", roles: new Set<never>() };

  const foreseen: Foreseen[] = [];
  const judge = async (
    entry: Entry<"revision" | "grant">,
    action: string,
    guards: readonly GuardName[],
    subject: string,
  ): Promise<void> => {
    const judged = entry.kind === "revision" ? await conformance(registry, profile, today, entry) : undefined;
    const offered = entry.kind === "grant" ? await operationsOf(registry, document, entry.content.service) : undefined;
    const context: Context = { registry, profile, matrix, conformance: judged, actor, now, today, operationsOf: () => offered };
    const judgements = blockers(evaluateGuards(context, guards, entry, {}));
    const findings = judgements.some(({ guard }) => guard === "standard") ? (judged?.findings ?? []) : [];
    if (judgements.length > 0) foreseen.push({ subject, action, judgements, findings });
  };
  for (const entry of drafted)
    if (entry.kind === "revision" || entry.kind === "grant") {
      const action = entry.kind === "revision" ? "revision.apply" : "grant.request";
      await judge(entry, action, actions.get(action)!.guards, entryName(entry));
    }
  for (const entry of [...plan.added, ...plan.changed])
    if (entry.kind === "service" && entry.state === "active")
      await judge(asRevision(entry, act), "revision.apply", ["standard"], entryName(entry));
  return foreseen;
}

/** In preparation a manifest makes the service entry itself; officers will propose it as it is. */
const asRevision = ({ id, content }: Entry<"service">, proposed: { by: string; at: string }): Entry<"revision"> => ({
  kind: "revision",
  id: `${id}/r1`,
  state: "draft",
  content: { service: id, number: 1, proposal: content, dossier: {}, proposed },
});

async function operationsOf(
  registry: RegistryView,
  document: RegistryStore["document"],
  id: string,
): Promise<ReadonlyMap<string, Operation> | undefined> {
  const service = registry.get("service", id);
  if (service === undefined) return undefined;
  return createServiceContract(JSON.parse((await document(service.content.contract)).toString()) as ContractDocument).operations;
}

/** Entries as a registry holds them; of two with one name the later. */
function viewOf(entries: readonly Entry[]): RegistryView & { readonly roots: { readonly registry: string; readonly policy: string } } {
  const byName = new Map(entries.map((entry) => [entryName(entry), entry]));
  return {
    roots: { registry: "", policy: "" },
    get: <Kind extends EntryKind>(kind: Kind, id: string) => byName.get(entryName({ kind, id })) as Entry<Kind> | undefined,
    *of<Kind extends EntryKind>(kind: Kind) {
      for (const entry of byName.values()) if (entry.kind === kind) yield entry as unknown as Entry<Kind>;
    },
  };
}
