import { createHash } from "node:crypto";
import type { Clock } from "../../base/clock.ts";
import { canonicalJson } from "../../base/canonical-json.ts";
import { VersionConflict } from "../../registry/commit-change.ts";
import type { Decision, Entry, ReadState } from "../../registry/entry.ts";
import type { RegistryState } from "../../registry/registry-state.ts";
import type { RegistryFollower } from "../../registry/follow.ts";
import type { RegistryStore } from "../../registry/registry-store.ts";
import { stateNow } from "../validity/end-of.ts";
import { decide } from "./decide.ts";
import { decidedRequests } from "./decided-requests.ts";
import type { Actor, Conformance, Context, Input, StatefulKind } from "../context.ts";
import { actions } from "./actions.ts";
import { dayIn } from "../calendar.ts";
import type { ClassificationMatrix } from "../profile/classification.ts";
import { evaluateConformance } from "../guards/conformance.ts";
import { contractBehaviours, type BehaviourOf } from "../guards/contract-behaviour.ts";
import { dossierParts, type DossierPart } from "../dossier-parts.ts";
import { instanceOf } from "../instance-of.ts";
import type { PolicyReader } from "../profile/policies-in-force.ts";
import type { Profile } from "../profile/profile.ts";
import { entryNotFound } from "../revisions.ts";
import { Refusal } from "../refusal.ts";
import { messages } from "./messages.ts";

/** What an officer asks for. The action's schema has accepted `input`. */
export interface Command {
  readonly actor: Actor;
  readonly action: string;
  /** The subject; `undefined` for an action that creates it. */
  readonly id?: string;
  readonly input: Input;
  /** The entity tag that the officer has seen. */
  readonly ifMatch?: string;
  readonly request?: NonNullable<Decision["request"]>;
}

export interface CommandResult {
  readonly entry: Entry<StatefulKind>;
  readonly decision: Entry<"decision">;
  /** The command was executed before under the same idempotency key. `entry` is its subject as it is now. */
  readonly replayed?: true;
}

/** Executes commands: judged on the newest registry, committed in one transaction, recorded in the ledger before they take effect. */
export interface CommandHandler {
  /** The newest registry with the profile that is in force. */
  current(): Promise<{ readonly registry: RegistryState; readonly profile: Profile; readonly matrix: ClassificationMatrix }>;
  /**
   * Throws a `Refusal` if the command may not be executed; then nothing was changed. The same request under the same idempotency key
   * within a day is executed once, across all processes.
   */
  execute(command: Command): Promise<CommandResult>;
  /** Each part of a revision's dossier, with whether it serves. */
  dossierOf(revision: Entry<"revision">): Promise<readonly DossierPart[]>;
  /** What the contracts of a revision, and of those that it inherits from, do. */
  behaviourOf(revision: Entry<"revision">): Promise<BehaviourOf>;
  /** How a revision's contract meets the standard in force. */
  conformanceOf(revision: Entry<"revision">): Promise<Conformance | undefined>;
  /** The calendar day in the region. */
  today(registry: RegistryState): string;
}

export interface CommandHandlerOptions {
  readonly store: RegistryStore;
  readonly registry: RegistryFollower;
  readonly policies: PolicyReader;
  readonly clock: Clock;
  /** The operations of a service version that the data plane knows. */
  readonly operationsOf: Context["operationsOf"];
  /** The networks in which a provider's address must be, in CIDR notation. */
  readonly upstreamNetworks: readonly string[];
}

export function createCommandHandler({
  store,
  registry,
  policies,
  clock,
  operationsOf,
  upstreamNetworks,
}: CommandHandlerOptions): CommandHandler {
  const rules = profileRequired(policies);
  const conformance = evaluateConformance(store);
  const behaviours = contractBehaviours(store);
  const decidedUnder = decidedRequests();

  const current: CommandHandler["current"] = async () => {
    const state = await registry.newest();
    return { registry: state, ...(await rules(state)) };
  };
  const today = (state: RegistryState): string => dayIn(instanceOf(state).content.timeZone, clock());

  return {
    current,
    today,
    async dossierOf(revision) {
      const { registry: state, profile } = await current();
      return dossierParts({ registry: state, profile, today: today(state), behaviourOf: await behaviours(state, revision) }, revision);
    },
    async behaviourOf(revision) {
      return behaviours((await current()).registry, revision);
    },
    async conformanceOf(revision) {
      const { registry: state, profile } = await current();
      return conformance(state, profile, today(state), revision);
    },
    async execute({ actor, action: name, id, input, ifMatch, request }) {
      const action = actions.get(name);
      if (action === undefined) throw new Refusal("not-found");
      for (;;) {
        const { registry: state, profile, matrix } = await current();
        const now = clock();
        const before = request === undefined ? undefined : decidedUnder(state, request.key, now);
        if (before !== undefined) return resultOf(state, before, request!.digest);
        const entry = id === undefined ? undefined : state.get(action.kind, id);
        if (action.from !== "new" && entry === undefined) throw entryNotFound(state, action.kind, id ?? "");
        if (ifMatch !== undefined && (entry === undefined || etagOf(entry, stateNow(state, entry, now)) !== ifMatch))
          throw new Refusal("precondition-failed");
        const judged =
          action.guards.includes("standard") && entry?.kind === "revision"
            ? await conformance(state, profile, today(state), entry)
            : undefined;
        const behaviourOf = entry?.kind === "revision" ? await behaviours(state, entry) : undefined;
        const context: Context = {
          registry: state,
          profile,
          matrix,
          conformance: judged,
          ...(behaviourOf === undefined ? {} : { behaviourOf }),
          actor,
          now,
          today: today(state),
          operationsOf,
          upstreamNetworks,
        };
        const { entries, decision } = decide(context, action, entry, input, request);
        const { action: done, subject, from, to } = decision.content;
        const says = {
          ...action.says?.(entries[0] as Entry<StatefulKind>),
          decision: { id: decision.id, action: done, subject, ...(from === undefined ? {} : { from }), to },
          profile: decision.content.profile,
        };
        try {
          await registry.commit(state, { entries, by: actor.officer, at: now, says });
          return { entry: entries[0] as Entry<StatefulKind>, decision };
        } catch (fault) {
          // Another commit came first: the command is judged again on the registry as it is now.
          if (!(fault instanceof VersionConflict)) throw fault;
        }
      }
    },
  };
}

/** The result of before. Throws the `Refusal` `key-reused` if that was another request. */
function resultOf(registry: RegistryState, decision: Entry<"decision">, digest: string): CommandResult {
  const { request, subject } = decision.content;
  if (request?.digest !== digest) throw new Refusal("key-reused");
  const [kind = "", id = ""] = subject.split(/ (.*)/s);
  return { entry: registry.get(kind as StatefulKind, id) as Entry<StatefulKind>, decision, replayed: true };
}

/** The entity tag of an entry (RFC 9110 §8.8.3): a strong one over its content and the state in which it reads. */
export function etagOf({ content }: Pick<Entry, "content">, state: ReadState): string {
  return `"${createHash("sha256").update(canonicalJson({ state, content })).digest("base64url").slice(0, 22)}"`;
}

/**
 * The profile that the instance names, and the classification matrix. Throws a `Refusal` where it names none: officers act under a
 * profile.
 */
function profileRequired(policies: PolicyReader): (registry: RegistryState) => Promise<{ profile: Profile; matrix: ClassificationMatrix }> {
  return async (registry) => {
    const { profile, matrix } = await policies(registry);
    if (profile === undefined) {
      throw new Refusal("rule-broken", messages.noProfileChosen);
    }
    return { profile, matrix };
  };
}
