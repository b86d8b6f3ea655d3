import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { service } from "../../support/gateway-fixture.ts";
import { officeFixture, type OfficeFixture } from "../control/office-fixture.ts";

let w: OfficeFixture;
beforeAll(async () => void (w = await officeFixture()));
afterAll(() => w.close());

const page = `/catalogue/${encodeURIComponent(service)}`;
const get = async (path: string, accept = "*/*") => {
  const answer = await fetch(`${w.publicOrigin}${path}`, { headers: { accept } });
  return { status: answer.status, type: answer.headers.get("content-type"), text: await answer.text() };
};

describe("the public port, to a developer of the intra network", () => {
  it("says at / what it is and where to go: HTML for a browser, JSON otherwise", async () => {
    const html = await get("/", "text/html,application/xhtml+xml;q=0.9");
    expect(html).toMatchObject({ status: 200, type: "text/html; charset=utf-8" });
    expect(html.text).toMatch(/Sistem Penghubung Layanan .*href="\/catalogue".*href="\/docs\/client\.md"/s);
    expect(JSON.parse((await get("/")).text)).toMatchObject({ name: "Simpul", publicOrigin: w.publicOrigin, catalogue: "/catalogue" });
  });

  it("gives the guides and example clients, and no other file", async () => {
    expect(await get("/docs/client.md")).toMatchObject({ status: 200, type: "text/plain; charset=utf-8" });
    expect((await get("/docs/clients/client.py")).text).toContain("Spl-Signature");
    for (const path of ["/docs/road.md", "/docs/../package.json", "/docs/%2e%2e/package.json", "/docs/clients/..%2f..%2fREADME.md"])
      expect((await get(path)).status).not.toBe(200);
  });

  it("lists the services, in both forms", async () => {
    expect(JSON.parse((await get("/catalogue")).text)).toMatchObject({ items: [{ id: service, owner: "Disdukcapil" }] });
    const html = await get("/catalogue", "text/html");
    expect(html.text).toContain(`href="${page}"`);
  });

  it("shows one service with its operations and the way to access, and its contract, without the provider's address", async () => {
    const html = await get(page, "text/html");
    expect(html.status).toBe(200);
    expect(html.text).toMatch(/getCatatan.*\/catatan\/\{nomor\}/s);
    expect(html.text).toContain("izin akses");
    const contract = await get(`${page}/openapi.json`);
    expect(JSON.parse(contract.text)).toMatchObject({ servers: [{ url: `${w.publicOrigin}/r1/${service}` }] });
    const upstream = (await w.ask("GET", `/v1/services/${encodeURIComponent(service)}`, { token: w.admin })).body["content"] as {
      upstream: string;
    };
    expect(html.text + contract.text).not.toContain(new URL(upstream.upstream).host);
  });

  it("answers 404 for a service that is not there", async () => {
    expect((await get("/catalogue/nothing")).status).toBe(404);
    expect((await get("/catalogue/nothing/openapi.json")).status).toBe(404);
  });
});
