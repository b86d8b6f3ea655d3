import { afterEach, expect, it } from "vitest";
import { ratesOf } from "../../../src/base/rate.ts";
import { createControlApp } from "../../../src/http/control/control-app.ts";
import { openCatalogue } from "../../../src/http/catalogue/catalogue.ts";
import type { ControlApi } from "../../../src/http/control/control.ts";
import { formatToken, newSecret } from "../../../src/policy/acts/token.ts";
import type { Role } from "../../../src/registry/entry.ts";
import type { RegistryState } from "../../../src/registry/registry-state.ts";

/** The API of a gateway on which one thing has gone wrong. */
function broken(over: Partial<ControlApi>): { readonly app: ReturnType<typeof createControlApp>; readonly logged: unknown[] } {
  const logged: unknown[] = [];
  const api = {
    publicOrigin: "https://simpul.example.go.id",
    stopping: () => false,
    clock: () => 0,
    officers: ratesOf({ perSecond: 1000, burst: 1000 }),
    log: { failed: ({ error }: { error: unknown }) => void logged.push(error) },
    ...over,
  } as unknown as ControlApi;
  const app = createControlApp({
    metrics: async () => ({ contentType: "text/plain", text: "" }),
    obstacles: () => [],
    api,
    pace: { headTimeoutMs: 10_000, contentTimeoutMs: 30_000, idleTimeoutMs: 60_000, writeTimeoutMs: 30_000, minBytesPerSecond: 1 },
    names: [],
    metricsToken: () => undefined,
  });
  close = () => app.close();
  return { app, logged };
}

/** A registry with one token and its officer. */
function withToken(tokenRoles: readonly Role[], officerRoles: readonly Role[]) {
  const { secret, hash } = newSecret();
  const [id, member] = ["0190c0de-0000-7000-8000-000000000000", "ID-16.03/GOV/dinsos"];
  const contents: Readonly<Record<string, object>> = {
    [`token ${id}`]: { hash, officer: "petugas-1", roles: tokenRoles, until: "2027-01-01T00:00:00.000Z" },
    "officer petugas-1": { member, roles: officerRoles },
    [`member ${member}`]: {},
  };
  const get = (kind: string, name: string) =>
    `${kind} ${name}` in contents ? { kind, id: name, state: "active", content: contents[`${kind} ${name}`] } : undefined;
  return { token: formatToken(id, secret), newest: async () => ({ get }) as unknown as RegistryState };
}

it.each<[string, readonly Role[], readonly Role[], number, string]>([
  ["has a role of its own and of the officer: the request is heard", ["registrar", "auditor"], ["auditor"], 404, "not-found"],
  ["has only roles that the officer has lost: no role is left, and nothing may be read", ["registrar"], ["auditor"], 403, "role-missing"],
  ["is of an officer without any role: nothing may be read", ["auditor"], [], 403, "role-missing"],
])("A token that %s", async (_, tokenRoles, officerRoles, status, code) => {
  const { token, newest } = withToken(tokenRoles, officerRoles);
  const adminToken = () => ({ id: "ffffffff", hash: "", until: "2027-01-01T00:00:00.000Z" });
  const { app } = broken({ newest, adminToken, clock: () => Date.UTC(2026, 0, 1) });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const answer = await fetch(`${app.listeningOrigin}/v1/grants/tidak-ada`, { headers: { Authorization: `Bearer ${token}` } });
  expect({ status: answer.status, document: await answer.json() }).toMatchObject({ status, document: { code } });
});

let close = async (): Promise<void> => undefined;
afterEach(() => close());

it("A fault of the gateway's own is logged with its cause and told without", async () => {
  const fault = new Error("SQLITE_IOERR /var/lib/simpul/registry.sqlite");
  const newest = () => Promise.reject(fault);
  const catalogue = openCatalogue({ publicOrigin: "https://simpul.example.go.id", newest, document: newest, clock: Date.now });
  const { app, logged } = broken({ newest, catalogue });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const answer = await fetch(`${app.listeningOrigin}/v1/catalogue`);
  const text = await answer.text();
  expect({ status: answer.status, document: JSON.parse(text) as unknown }).toMatchObject({
    status: 500,
    document: { code: "internal", type: "https://simpul.example.go.id/problems/internal" },
  });
  expect(text).not.toMatch(/SQLITE|registry\.sqlite/);
  expect(logged).toEqual([fault]);
});

it("A gateway that stops takes nothing any more, and says when to come again; metrics and health go on", async () => {
  const { app } = broken({ stopping: () => true });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const answer = await fetch(`${app.listeningOrigin}/v1/catalogue`);
  expect({ status: answer.status, after: answer.headers.get("retry-after"), document: await answer.json() }).toMatchObject({
    status: 503,
    after: "5",
    document: { code: "stopping" },
  });
  expect((await fetch(`${app.listeningOrigin}/livez`)).status).toBe(200);
});
