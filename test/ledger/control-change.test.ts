import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readControlChange, type ControlChange } from "../../src/ledger/control-change.ts";

const hash = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";
const registry = { before: hash, after: hash, version: 2 };
const policy = { before: hash, after: hash };
const decision = { id: "019b8bc6-7dc0-7000-8000-000000000001", action: "grant.allow", subject: "grant a", from: "requested", to: "active" };

/** The seven forms of protocol §4.3. */
const changes = {
  "manifests that were applied": {
    registry,
    policy,
    by: "cli:operator",
    added: ["key a"],
    changed: [],
    retired: [],
    proposed: ["grant b"],
  },
  "an officer's act": {
    registry,
    policy,
    by: "pemilik-1",
    decision,
    profile: { id: "a", version: "1.0.0", digest: hash },
    changed: ["grant a"],
  },
  "a backup that was made": {
    registry,
    policy,
    by: "cli:operator",
    backup: { log: "gw.example/log/log-1", size: 7, manifest: hash },
  },
  "evidence that was destroyed": { evidence: { destroyed: "2026-01/24", leaves: { from: 2, to: 7 } }, by: "retention" },
  "evidence that was destroyed beside a closed log": {
    evidence: { destroyed: "2026-01/24", leaves: { from: 2, to: 7 }, log: "host/log/log-1" },
    by: "retention",
  },
  "leaves that were refused": {
    ledger: { refused: 3, from: "2026-01-05T02:01:44.000Z", until: "2026-01-05T02:03:04.118Z" },
    by: "gateway",
  },
  "a log key that handed over": { key: { before: "host/log/a+0+a", after: "host/log/a+1+b", checkpoint: "a note" }, by: "cli:operator" },
  "a log that goes on from another": {
    log: { previous: "host/log/log-1", checkpoint: "a note", newest: "another note", reason: "restored" },
    by: "cli:operator",
  },
} satisfies Record<string, ControlChange>;

/** Every change that lacks one member, at any depth, or has `null` in its place. */
function* broken(value: object): Iterable<object> {
  for (const [name, member] of Object.entries(value) as [string, unknown][]) {
    const optional = ["from", "proposed", "newest"].includes(name) || (name === "log" && "destroyed" in value);
    if (!optional || typeof member === "number") {
      const { [name]: _, ...rest } = value as Record<string, unknown>;
      yield rest;
    }
    yield { ...value, [name]: null };
    if (typeof member === "object" && member !== null && !Array.isArray(member))
      for (const wrong of broken(member)) yield { ...value, [name]: wrong };
  }
}

describe.each(Object.entries(changes))("a control leaf that says %s", (_, change) => {
  it("is read as it was written, without members that are not known", () => {
    expect(readControlChange(change)).toEqual(change);
    expect(readControlChange({ ...change, later: { a: 1 } })).toEqual(change);
  });

  it("is not known if any part of it is missing or has another form", () => {
    const all = [...broken(change)];
    expect(all.length).toBeGreaterThan(5);
    for (const wrong of all) expect(readControlChange(wrong as Record<string, unknown>), JSON.stringify(wrong)).toBeUndefined();
  });
});

it("Names too many for a leaf are a number and a digest", () => {
  const change = { ...changes["manifests that were applied"], added: { count: 9000, digest: hash } };
  expect(readControlChange(change)).toEqual(change);
  expect(readControlChange({ ...change, added: { count: -1, digest: hash } })).toBeUndefined();
});

it("A change of a later version is not taken for one of today's", () => {
  expect(readControlChange({ registry, policy, by: "impor", imported: ["key a"] })).toBeUndefined();
  expect(readControlChange({})).toBeUndefined();
});

it("What the page on the protocol shows is what is read here", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/protocol.md"), "utf8");
  const shown = Array.from(page.matchAll(/"type":"control".*"change":(\{.*\})\}$/gm), ([, change]) => JSON.parse(change!) as ControlChange);
  expect(shown).toHaveLength(8);
  for (const change of shown) expect(readControlChange(change)).toEqual(change);
});
