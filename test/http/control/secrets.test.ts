import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { adminTokenFile } from "../../../src/gateway/identity.ts";
import { serve, type GatewayProcess } from "../../support/gateway-process.ts";
import { environment, type Environment } from "../../support/gateway-fixture.ts";
import { chooseProfile } from "./office-fixture.ts";

let around: Environment;
let gateway: GatewayProcess;
beforeAll(async () => {
  around = await environment();
  chooseProfile(around, "muara-enim-52-2022");
  await around.apply();
  gateway = await serve(around, { "log-level": "debug" });
});
afterAll(async () => {
  await gateway.kill("SIGKILL");
  await around.close();
});

it("No secret comes into the logs: not of a token that is used, issued, mistaken, or sent where it does not belong", async () => {
  const admin = readFileSync(adminTokenFile(around.config), "utf8").trim();
  const ask = async (path: string, init: RequestInit = {}, token = admin): Promise<{ status: number; body: { token?: string } }> => {
    const answer = await fetch(gateway.controlOrigin + path, {
      ...init,
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json", ...init.headers },
    });
    return { status: answer.status, body: (await answer.json()) as { token?: string } };
  };
  const post = (path: string, body: object) => ask(path, { method: "POST", body: JSON.stringify(body) });
  expect((await ask("/v1/grants")).status).toBe(200);
  const until = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  await post("/v1/officers", { id: "petugas-1", member: "ID-16.03/GOV/dinsos", position: "Pejabat", roles: ["auditor"] });
  const { token: issued = "" } = (await post("/v1/tokens", { officer: "petugas-1", until })).body;
  expect((await ask("/v1/grants", {}, issued)).status).toBe(200);
  const wrong = `${admin.slice(0, -6)}AAAAAA`;
  expect((await ask("/v1/grants", {}, wrong)).status).toBe(401);
  await ask(`/v1/grants?token=${admin}`);
  await ask(`/v1/grants/${admin}`);
  await post("/v1/tokens", { officer: admin, until });
  await gateway.kill("SIGTERM");
  const output = gateway.output();
  expect(output).toContain('"event":"stopped"');
  for (const token of [admin, wrong, issued]) expect(output).not.toContain(token.split("_").slice(2).join("_"));
});
