import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import * as library from "../../src/trust/provider.ts";
import { answerClaimsFor } from "../../src/trust/sign-answer.ts";
import { provider, record, service, gatewayFixture } from "../support/gateway-fixture.ts";
import { eventually } from "../support/patience.ts";
import { freePort } from "../../src/base/free-port.ts";

const docs = new URL("../../docs/", import.meta.url);
const page = readFileSync(new URL("provider.md", docs), "utf8");

describe("docs/provider.md", () => {
  it("tells of every claim of a provider's signature, in the order in which the library writes them", () => {
    const [, section = ""] = /## 3\.[^]*?\n\n(\| claim[^]*?)\n\n/.exec(page)!;
    const claims = [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    const to = { method: "GET", consumer: "-", service: "-", exchange: "-", statement: "-" };
    expect(claims).toEqual(Object.keys(answerClaimsFor({ status: 200, contentType: "text/plain", content: Buffer.alloc(0) }, to, 0)));
  });

  it("has an example that serves behind a real gateway once gateway, service, key and port are one's own", async () => {
    const w = await gatewayFixture({ serviceManifest: "providerSignature: required\n" });
    onTestFinished(() => w.close());
    const folder = mkdtempSync(join(tmpdir(), "simpul-example-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const [, names = ""] = /import \{ ([^}]+) \} from "simpul\/trust"/.exec(page)!;
    for (const name of names.split(", ")) expect(library).toHaveProperty(name);

    const port = await freePort();
    const own: readonly (readonly [string, string])[] = [
      ["simpul/trust", new URL("../../src/trust/provider.ts", import.meta.url).href],
      ["http://spl.example.go.id", w.publicOrigin],
      ["ID-16.03/GOV/disdukcapil/siak/warga/v1", service],
      ["siak.pem", join(folder, "siak.pem")],
      ["4101", String(port)],
    ];
    const [, example = ""] = /^```ts\n([^]*?)^```$/m.exec(page)!;
    writeFileSync(join(folder, "siak.pem"), w.keys[provider]!.privateKey.export({ type: "pkcs8", format: "pem" }));
    writeFileSync(
      join(folder, "example.mjs"),
      own.reduce((code, [theirs, mine]) => code.replace(theirs, mine), example),
    );
    const child = spawn(process.execPath, [join(folder, "example.mjs")], { stdio: ["ignore", "ignore", "inherit"] });
    onTestFinished(async () => {
      child.kill();
      await once(child, "exit");
    });
    writeFileSync(join(w.services, "disdukcapil/siak/subsystem.yaml"), `name: SIAK\nupstream: http://127.0.0.1:${port}\n`);
    await w.apply();
    const refused = async () => (await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined))?.status;
    await eventually(async () => (await refused()) === 401);
    const { fields, answer } = await w.call();
    expect([fields["spl-problem"], answer.toString(), "spl-signature" in fields]).toEqual([undefined, record.toString(), true]);
  });

  it("names every whole program, and leads to no file that is not there", () => {
    for (const file of readdirSync(new URL("providers/", docs)).filter((name) => name !== "__pycache__"))
      expect(page).toContain(`(providers/${file})`);
    for (const [, path] of page.matchAll(/\]\(([^)#]+)/g))
      expect({ path, exists: existsSync(new URL(path!, docs)) }).toEqual({ path, exists: true });
  });
});
