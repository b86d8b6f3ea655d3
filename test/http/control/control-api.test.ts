import { afterEach, expect, it } from "vitest";
import { createControlApp } from "../../../src/http/control/control-app.ts";
import type { ControlApi } from "../../../src/http/control/control.ts";

/** The API of a gateway on which one thing has gone wrong. */
function broken(over: Partial<ControlApi>): { readonly app: ReturnType<typeof createControlApp>; readonly logged: unknown[] } {
  const logged: unknown[] = [];
  const api = {
    publicOrigin: "https://simpul.example.go.id",
    stopping: () => false,
    log: { failed: ({ error }: { error: unknown }) => void logged.push(error) },
    ...over,
  } as unknown as ControlApi;
  const app = createControlApp({ metrics: async () => ({ contentType: "text/plain", text: "" }), ready: () => true, api });
  close = () => app.close();
  return { app, logged };
}

let close = async (): Promise<void> => undefined;
afterEach(() => close());

it("A fault of the gateway's own is logged with its cause and told without", async () => {
  const fault = new Error("SQLITE_IOERR /var/lib/simpul/registry.sqlite");
  const { app, logged } = broken({ newest: () => Promise.reject(fault) });
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
