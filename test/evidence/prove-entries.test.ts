import { expect, it } from "vitest";
import { proveEntries, provePolicies } from "../../src/evidence/prove-entries.ts";
import type { EntryProofs } from "../../src/verify/bundle.ts";
import { leafHash, verifyInclusion } from "../../src/ledger/merkle.ts";
import type { Entry } from "../../src/registry/entry.ts";
import { stateAt } from "../../src/registry/state-at.ts";
import { applied, commit, officer } from "../support/registry-store.ts";

const proved = ({ root, size, entries }: EntryProofs): readonly string[] =>
  entries.map(({ index, salt, entry, proof }) => {
    const leaf = Buffer.concat([Buffer.from(salt, "base64url"), Buffer.from(entry)]);
    expect(verifyInclusion(leafHash(leaf), index, size, Buffer.from(proof, "base64url"), Buffer.from(root, "base64url"))).toBe(true);
    const { kind, id } = JSON.parse(entry) as Entry;
    return `${kind} ${id}`;
  });

it("Every entry of every version is opened under the roots of that version, each once, and nothing that was not there", async () => {
  await using place = await applied({}, [officer("dua", "a")], [officer("satu", "a")], [officer("dua", "b")]);
  const { store, registry } = place;
  const now = await registry.newest();
  for (let version = 1; version <= now.version; version++) {
    const { entries, roots } = await store.read(version);
    const state = await stateAt(store, now, version);
    const names = entries.filter(({ entry }) => entry.kind !== "policy").map(({ entry }) => entry);
    const opened = proveEntries(state, [...names, ...names, { kind: "officer", id: "satu" }, { kind: "officer", id: "tidak-ada" }]);
    expect(opened).toMatchObject({ root: roots.registry, size: names.length });
    expect(proved(opened)).toEqual(names.map(({ kind, id }) => `${kind} ${id}`));
    const policies = await provePolicies(state, new Set(["classification.yaml", "regulations/base.yaml", "tidak-ada.yaml"]));
    expect(policies.root).toBe(roots.policy);
    expect(proved(policies)).toEqual(["policy classification.yaml", "policy regulations/base.yaml"]);
  }
  expect(proveEntries(now, []).entries).toEqual([]);
});

it("The change by which an entry first came is known, whatever became of the entry since", async () => {
  await using place = await applied();
  const { store, registry, notice } = place;
  const subsystem = (await registry.newest()).table("subsystem")[0]!.entry;
  await commit(registry, { ...subsystem, state: "retired" });
  expect(await store.registration(subsystem)).toEqual(notice);
  expect(await store.registration({ kind: "key", id: "tidak-ada" })).toBeUndefined();
});
