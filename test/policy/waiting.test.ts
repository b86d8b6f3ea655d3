import { expect, it } from "vitest";
import { whatWaits } from "../../src/policy/waiting.ts";
import type { Entry } from "../../src/registry/entry.ts";
import type { RegistryState } from "../../src/registry/registry-state.ts";

const at = (day: number) => ({ by: "petugas-1", at: `2026-12-0${day}T00:00:00.000Z` });
const ms = (day: number) => Date.UTC(2026, 11, day);

const entries = [
  { kind: "revision", id: "s/r1", state: "draft", content: { proposed: at(1) } },
  { kind: "revision", id: "s/r2", state: "applied", content: { proposed: at(1), applied: at(2) } },
  { kind: "grant", id: "g1", state: "requested", content: { requested: at(3) } },
  { kind: "grant", id: "g2", state: "coordinated", content: { requested: at(3), coordinated: at(4) } },
  { kind: "grant", id: "g3", state: "active", content: { requested: at(3), decided: at(4) } },
  { kind: "key", id: "k1", state: "requested", content: { proposed: at(1) } },
  { kind: "key", id: "k2", state: "requested", content: { registered: at(4) } },
  { kind: "key", id: "k3", state: "active", content: { registered: at(4) } },
  { kind: "opinion", id: "o1", state: "recorded", content: { recorded: at(5) } },
  { kind: "opinion", id: "o2", state: "confirmed", content: { recorded: at(5), confirmed: at(6) } },
  { kind: "exemption", id: "x1", state: "recorded", content: { recorded: at(6) } },
  { kind: "evidence", id: "e1", state: "recorded", content: { recorded: at(7) } },
] as unknown as readonly Entry[];

it("what waits is what was asked for or recorded and not decided on, since then; a draft waits for its own PD", () => {
  const of = (kind: string) => entries.filter((entry) => entry.kind === kind);
  expect([...whatWaits({ of } as unknown as Pick<RegistryState, "of">)]).toEqual([
    { kind: "revision", id: "s/r2", since: ms(2) },
    { kind: "grant", id: "g1", since: ms(3) },
    { kind: "grant", id: "g2", since: ms(4) },
    { kind: "key", id: "k1", since: ms(1) },
    { kind: "key", id: "k2", since: ms(4) },
    { kind: "opinion", id: "o1", since: ms(5) },
    { kind: "exemption", id: "x1", since: ms(6) },
    { kind: "evidence", id: "e1", since: ms(7) },
  ]);
});
