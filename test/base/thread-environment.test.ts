import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { expect, it, onTestFinished } from "vitest";
import { projectFolder } from "../../src/base/project.ts";
import { threadEnvironment } from "../../src/base/thread-environment.ts";

const shows = 'require("node:worker_threads").parentPort.postMessage({ ...process.env });';

it("a thread gets no setting of the process, only where compiled code is cached", async () => {
  const worker = new Worker(shows, { eval: true, env: threadEnvironment() });
  const [seen] = (await once(worker, "message")) as [NodeJS.ProcessEnv];
  expect(Object.keys(seen).filter((name) => name !== "NODE_COMPILE_CACHE")).toEqual([]);
});

it("it is the cache of the process that starts the thread, and nothing where there is none", () => {
  const folder = mkdtempSync(join(tmpdir(), "simpul-cache-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(projectFolder, "src/base/thread-environment.ts");
  const asked = (NODE_COMPILE_CACHE?: string) =>
    spawnSync(process.execPath, ["-e", `import(${JSON.stringify(file)}).then((m) => console.log(JSON.stringify(m.threadEnvironment())))`], {
      env: NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE },
      encoding: "utf8",
    }).stdout;
  expect(JSON.parse(asked())).toEqual({});
  expect(JSON.parse(asked(folder))).toEqual({ NODE_COMPILE_CACHE: folder });
});
