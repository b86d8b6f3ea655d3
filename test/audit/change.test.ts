import { expect, test } from "vitest";
import { summariseChange } from "../../src/audit/change.ts";
import { basis } from "../support/ledger-samples.ts";

const owner = "ID-16.03/GOV/dinsos/bansos";
const kid = "Q".repeat(43);
const roots = {
  registry: { before: basis.policy, after: basis.registry, version: 1 },
  policy: { before: basis.policy, after: basis.policy },
  by: "dinsos-1",
};
const acted = {
  ...roots,
  decision: { id: "d", action: "key.revoke", subject: `key ${kid}`, from: "active", to: "revoked" },
  profile: { id: "contoh-1-2026", version: "1.0.0", digest: basis.policy },
  changed: [`key ${kid}`],
};

test("a key that an officer revoked is told with its owner, the reason and since when it is not trusted", () => {
  const since = "2026-01-31T14:30:00.000Z";
  expect(summariseChange({ ...acted, registeredKey: { owner, reason: "stolen", since } })).toMatchObject({
    what: "key.revoke",
    subject: `key ${kid} · ${owner} · stolen · ≥ ${since}`,
    by: "dinsos-1",
  });
  expect(summariseChange({ ...acted, registeredKey: { owner } }).subject).toBe(`key ${kid} · ${owner}`);
  expect(summariseChange(acted).subject).toBe(`key ${kid}`);
});

test("keys in manifests are told with their owners", () => {
  const lists = { added: [`key ${kid}`], changed: [], retired: [] };
  expect(summariseChange({ ...roots, ...lists, keys: [`${kid} ${owner}`] }).subject).toBe(`added key ${kid} · ${owner}`);
  const more = { ...lists, changed: ["service c"] };
  expect(summariseChange({ ...roots, ...more, keys: [`${kid} ${owner}`] }).subject).toBe(`added 1, changed 1; key ${kid} · ${owner}`);
  expect(summariseChange({ ...roots, ...lists }).subject).toBe(`added key ${kid}`);
});
