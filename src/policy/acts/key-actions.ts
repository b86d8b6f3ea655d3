import { memberOf } from "../../base/names.ts";
import { revocationReasons, type Entry, type KeyContent, type RevocationReason } from "../../registry/entry.ts";
import { ownerNamedIn, readKeyProof } from "../../registry/manifest/key-proof.ts";
import { attributionNow, type ActionRow } from "./action.ts";
import { momentIn } from "../calendar.ts";
import type { Context, Input } from "../context.ts";
import { nothing, objectSchema, textSchema } from "./input-schemas.ts";
import { inProduction, instanceOf } from "../instance-of.ts";
import { Refusal } from "../refusal.ts";
import { messages } from "./messages.ts";

type KeyEntry = Entry<"key">;

const change = (entry: KeyEntry, state: KeyEntry["state"], content: Partial<KeyContent>): KeyEntry => ({
  ...entry,
  state,
  content: { ...entry.content, ...content },
});

/** The owner's officers, and the registrar for everybody. A proof that names no subsystem is refused later, by what is wrong with it. */
function ownerOrRegistrar({ actor }: Context, entry: KeyEntry | undefined, input: Input): string | undefined {
  const owner = entry?.content.owner ?? ownerNamedIn(input["proof"] as string);
  return owner === undefined || actor.roles.has("registrar") ? undefined : memberOf(owner);
}

const wrongProof = (detail: Refusal["detail"]): Refusal =>
  new Refusal("input-invalid", detail, { errors: [{ pointer: "/proof", detail }] });

/** What the proof of possession registers. In production it waits for an officer's approval. */
function register(context: Context, proof: string): KeyEntry {
  const { registry } = context;
  const owner = ownerNamedIn(proof) ?? "";
  const read = readKeyProof(proof, { owner, instance: instanceOf(registry).id }, { file: "proof", line: 1, column: 1 });
  if ("code" in read) throw wrongProof(read.detail);
  if (registry.get("subsystem", owner)?.state !== "active") throw wrongProof(messages.subsystemUnknown(owner));
  const there = registry.get("key", read.kid);
  if (there !== undefined) throw new Refusal("already-exists", messages.keyExists(read.kid, there.state));
  const content = { ...read.content, registered: attributionNow(context) };
  return { kind: "key", id: read.kid, state: inProduction(registry) ? "requested" : "active", content };
}

/** The moment from which on a key is not trusted, as RFC 3339 in UTC. */
function sinceOf({ registry, now }: Context, text: string): string {
  const { timeZone } = instanceOf(registry).content;
  const moment = momentIn(timeZone, text);
  if (moment === undefined) throw new Refusal("rule-broken", messages.momentUnknown(text));
  if (moment > now) throw new Refusal("rule-broken", messages.momentAhead(text, timeZone));
  return new Date(moment).toISOString();
}

const says: NonNullable<ActionRow<"key">["says"]> = ({ content: { owner, revoked } }) => ({
  registeredKey: {
    owner,
    ...(revoked === undefined ? {} : { reason: revoked.reason }),
    ...(revoked?.since === undefined ? {} : { since: revoked.since }),
  },
});

/**
 * The keys of subsystems. Registering needs a second person in production; revoking needs nobody else, waits for nothing and is final.
 */
export const keyActions: readonly ActionRow<"key">[] = [
  {
    name: "key.register",
    kind: "key",
    from: "new",
    to: ["requested", "active"],
    guards: [],
    party: ownerOrRegistrar,
    input: objectSchema(
      {
        proof: {
          type: "string",
          minLength: 1,
          maxLength: 8192,
          contentMediaType: "application/jwt",
          description: "the line of the .jwt file",
        },
      },
      ["proof"],
    ),
    says,
    transition: (context, _, input) => [register(context, (input["proof"] as string).trimEnd())],
  },
  {
    name: "key.approve",
    kind: "key",
    from: ["requested"],
    to: ["active"],
    guards: [],
    party: ownerOrRegistrar,
    input: nothing,
    decidesOn: ({ content }) => [content.registered, content.proposed],
    says,
    transition: (context, entry) => [change(entry!, "active", { decided: attributionNow(context) })],
  },
  {
    name: "key.refuse",
    kind: "key",
    from: ["requested"],
    to: ["refused"],
    guards: [],
    party: ownerOrRegistrar,
    input: objectSchema({ advice: textSchema }, ["advice"]),
    decidesOn: ({ content }) => [content.registered, content.proposed],
    says,
    transition: (context, entry, input) => [
      change(entry!, "refused", { decided: { ...attributionNow(context), advice: input["advice"] as string } }),
    ],
  },
  {
    name: "key.revoke",
    kind: "key",
    from: ["requested", "active"],
    to: ["revoked"],
    guards: [],
    party: ownerOrRegistrar,
    input: objectSchema(
      {
        reason: { enum: revocationReasons },
        stolenSince: {
          type: "string",
          minLength: 10,
          maxLength: 35,
          examples: ["2026-01-31T21:30"],
          description: "a day or a local time, not in the future: from then on others may have signed with the key",
        },
        note: { ...textSchema, description: "stays in the registry; the ledger has only the reason" },
      },
      ["reason"],
    ),
    says,
    transition(context, entry, input) {
      const { reason, stolenSince } = input as { reason: RevocationReason; stolenSince?: string };
      const since = stolenSince === undefined ? {} : { since: sinceOf(context, stolenSince) };
      return [change(entry!, "revoked", { revoked: { ...attributionNow(context), reason, ...since } })];
    },
  },
];
