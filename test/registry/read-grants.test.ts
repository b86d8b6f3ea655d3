import { describe, expect, it } from "vitest";
import { applyChanges, emptyState } from "../../src/registry/apply-changes.ts";
import type { Entry, EntryContents } from "../../src/registry/entry.ts";
import { replacementOf } from "../../src/registry/grant-succession.ts";
import { readGrants } from "../../src/registry/read-grants.ts";
import type { RegistryState } from "../../src/registry/registry-state.ts";
import type { Snapshot } from "../../src/registry/snapshot.ts";
import { consumer, purpose, service } from "../support/parties.ts";

const by = (at: string): { by: string; at: string } => ({ by: "petugas-1", at });

const grant = (id: string, from: string, over: Partial<EntryContents["grant"]> = {}, state: Entry["state"] = "active"): Entry<"grant"> => ({
  kind: "grant",
  id,
  state,
  content: {
    consumer,
    service,
    operations: ["getCatatan"],
    purpose,
    legalBasis: "-",
    from: `${from}T00:00:00.000Z`,
    rate: { perSecond: 1, burst: 1 },
    dailyQuota: 1,
    decided: by("2026-01-02T00:00:00.000Z"),
    ...over,
  },
});

interface Read {
  readonly state: RegistryState;
  readonly snapshot: Pick<Snapshot, "grants">;
}

async function read(before: Read | undefined, ...entries: readonly Entry<"grant">[]): Promise<Read> {
  const changes = entries.map((entry) => ({ entry, salt: Buffer.alloc(16), registeredAt: 0 }));
  const version = (before?.state.version ?? 0) + 1;
  const state = await applyChanges(before?.state ?? emptyState(), version, changes, async () => undefined);
  return { state, snapshot: { grants: await readGrants(state, before, async () => undefined) } };
}

const ids = ({ snapshot }: Read): readonly string[] => (snapshot.grants.get(consumer) ?? []).map(({ id }) => id);
const replaced = ({ snapshot }: Read): readonly (string | undefined)[] =>
  (snapshot.grants.get(consumer) ?? []).map(({ replacedBy }) => replacedBy?.grant);

describe("the grants of a consumer in a snapshot", () => {
  it("stand, of one purpose, in the order in which they count: decided, begun latest, decided latest; not by the alphabet", async () => {
    const { decided: _, ...undecided } = grant("a-manifes", "2026-06-01").content;
    const found = await read(
      undefined,
      grant("a-lama", "2026-01-01"),
      grant("m-baru", "2026-03-01", { decided: by("2026-02-01T00:00:00.000Z") }),
      grant("z-baru", "2026-03-01", { decided: by("2026-02-02T00:00:00.000Z") }),
      { ...grant("a-manifes", "2026-06-01"), content: undecided },
    );
    expect(ids(found)).toEqual(["z-baru", "m-baru", "a-lama", "a-manifes"]);
  });

  it("are replaced by their renewal also where only its entry says so, as long as that one was allowed and not revoked", async () => {
    const before = await read(undefined, grant("a", "2026-01-01"), grant("z", "2026-02-01", { previous: "a" }, "requested"));
    expect([ids(before), replaced(before)]).toEqual([["a"], [undefined]]);
    const allowed = await read(before, grant("z", "2026-02-01", { previous: "a" }));
    expect([ids(allowed), replaced(allowed)]).toEqual([
      ["z", "a"],
      [undefined, "z"],
    ]);
    const revoked = await read(allowed, grant("z", "2026-02-01", { previous: "a" }, "revoked"));
    expect([ids(revoked), replaced(revoked)]).toEqual([["a"], [undefined]]);
    const twice = await read(allowed, grant("m", "2026-03-01", { previous: "a" }));
    expect([ids(twice), replaced(twice)]).toEqual([
      ["m", "z", "a"],
      [undefined, undefined, "m"],
    ]);
    const tied = await read(allowed, grant("m", "2026-02-01", { previous: "a", decided: by("2026-01-03T00:00:00.000Z") }));
    expect([ids(tied), replaced(tied)]).toEqual([
      ["m", "z", "a"],
      [undefined, undefined, "m"],
    ]);
    // What explains and proves reads entries, and must say the same.
    for (const { state } of [twice, tied]) expect(replacementOf(state, state.get("grant", "a")!)?.grant).toBe("m");
    const recorded = { replacedBy: { grant: "z", from: "2026-02-01T00:00:00.000Z" } };
    expect(replaced(await read(revoked, grant("a", "2026-01-01", recorded)))).toEqual(["z"]);
  });
});
