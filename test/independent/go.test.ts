import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { parseCheckpoint } from "../../src/ledger/checkpoint.ts";
import { gatewayFixture } from "../support/gateway-fixture.ts";

const source = fileURLToPath(new URL("../../docs/verifiers/log.go", import.meta.url));
/** Debian's `golang-golang-x-mod-dev`; a test fetches nothing. */
const environment = { ...process.env, GO111MODULE: "off", GOPATH: "/usr/share/gocode" };
const present = spawnSync("go", ["list", "golang.org/x/mod/sumdb/tlog"], { env: environment }).status === 0;

it("docs/auditor.md leads to the Go program and says what it needs", () => {
  const page = readFileSync(new URL("../../docs/auditor.md", import.meta.url), "utf8");
  expect(page).toContain("(verifiers/log.go)");
  for (const [, library] of readFileSync(source, "utf8").matchAll(/^\t"(golang\.org\/x\/mod)\/sumdb/gm)) expect(page).toContain(library);
});

// Go takes some 200 MB, so `.ci/install` does not bring it, and where it is absent there is no such test.
if (present)
  it("a Go program with nothing of the project reads the log, sees it grow, and finds a head that is not its own", async () => {
    const folder = mkdtempSync(join(tmpdir(), "simpul-go-"));
    copyFileSync(source, join(folder, "log.go"));
    expect(spawnSync("go", ["build", "-o", "log", "log.go"], { cwd: folder, env: environment }).status).toBe(0);
    const w = await gatewayFixture();
    const watch = async (vkey: string): Promise<{ said: string; status: number }> => {
      const running = spawn(join(folder, "log"), [`${w.publicOrigin}/log/log-1`, vkey, join(folder, "kepala.txt")]);
      let said = "";
      for (const stream of [running.stdout, running.stderr]) stream.on("data", (bytes) => (said += String(bytes)));
      const [status] = (await once(running, "close")) as [number];
      return { said, status };
    };
    const grow = async (size: number): Promise<void> => {
      while (parseCheckpoint(w.open.gateway.ledger.checkpoint())!.size < size) await w.call();
    };
    await grow(109);
    expect(await watch(w.instance.vkey)).toMatchObject({ status: 0, said: expect.stringContaining("109 leaves, all lead") as string });
    await grow(300);
    expect(await watch(w.instance.vkey)).toMatchObject({
      status: 0,
      said: expect.stringContaining("extends the head of size 109") as string,
    });
    const kept = readFileSync(join(folder, "kepala.txt"), "utf8");
    expect(kept).toBe(w.open.gateway.ledger.checkpoint());
    writeFileSync(join(folder, "kepala.txt"), kept.replace("\n300\n", "\n299\n"));
    expect((await watch(w.instance.vkey)).status).toBe(1);
    expect((await watch(w.instance.listVkey)).status).toBe(1);
    await w.close();
    rmSync(folder, { recursive: true });
  });
