import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { here } from "./here.ts";
import { startSimpul } from "./simpul.ts";

/** The shell blocks of a page, as they stand there. */
export const shellBlocks = (page: string): readonly string[] => Array.from(page.matchAll(/^```sh\n([^]*?)^```$/gm), ([, block]) => block!);

/** A shell that runs the blocks of a page as a reader would paste them. The verbs run in this process, but for `serve`. */
export interface PageShell {
  /** Runs lines to their end and gives what they printed. Throws, with all that was printed, if one of them fails. */
  run(lines: string): Promise<string>;
  close(): Promise<void>;
}

/** `folder` is home and working directory; a page that begins elsewhere says `cd`. */
export async function pageShell(folder: string): Promise<PageShell> {
  const gateways: ChildProcess[] = [];
  const [stderrFile, statusFile] = [join(folder, ".stderr"), join(folder, ".status")];

  /** `simpul` of the shell asks here: its folder and its words. */
  const verbs = createServer((request, response) => {
    void text(request).then(async (body) => {
      const [cwd = folder, ...words] = body.split("\0").slice(0, -1);
      const before = process.cwd();
      process.chdir(cwd);
      try {
        const run = words[0] === "serve" ? await served(startSimpul(words, cwd), gateways) : await here(words);
        writeFileSync(stderrFile, run.stderr);
        writeFileSync(statusFile, String(run.status));
        response.end(run.stdout);
      } finally {
        process.chdir(before);
      }
    });
  });
  await once(verbs.listen(0, "127.0.0.1"), "listening");
  const { port } = verbs.address() as AddressInfo;

  const bash = spawn("bash", ["--norc"], { cwd: folder, env: { PATH: process.env["PATH"], HOME: folder }, stdio: "pipe" });
  let printed = "";
  let said = "";
  bash.stdout.on("data", (chunk: Buffer) => void (printed += chunk.toString()));
  bash.stderr.on("data", (chunk: Buffer) => void (said += chunk.toString()));
  const ended = once(bash, "exit");
  bash.stdin.write(`set -euo pipefail
simpul() {
  printf '%s\\0' "$PWD" "$@" | curl -sS --data-binary @- http://127.0.0.1:${port}/
  cat ${stderrFile} >&2
  return "$(cat ${statusFile})"
}
`);

  return {
    async run(lines) {
      printed = said = "";
      bash.stdin.write(`set -x\n${lines}\n{ set +x; } 2>/dev/null\necho "END OF LINES"\n`);
      const done = new Promise<boolean>((resolve) => {
        const look = (): void => {
          if (!printed.endsWith("END OF LINES\n")) return;
          bash.stdout.off("data", look);
          resolve(true);
        };
        bash.stdout.on("data", look);
        void ended.then(() => resolve(false));
      });
      if (!(await done)) throw new Error(`a line of the page failed:\n${said}\n${printed}`);
      return printed.slice(0, -"END OF LINES\n".length);
    },
    async close() {
      for (const gateway of gateways) {
        const end = once(gateway, "exit");
        if (gateway.kill("SIGTERM")) await end;
      }
      // What the page left running in the background ends with its shell.
      bash.stdin.end("kill $(jobs -p) 2>/dev/null || true\n");
      if (bash.exitCode === null) await ended;
      verbs.closeAllConnections();
      await new Promise((resolve) => verbs.close(resolve));
    },
  };
}

/** Resolves once the gateway says that it has started, as a reader waits for it. */
async function served(gateway: ChildProcess, gateways: ChildProcess[]): Promise<{ status: number; stdout: string; stderr: string }> {
  gateways.push(gateway);
  let stdout = "";
  let stderr = "";
  gateway.stderr!.on("data", (chunk: Buffer) => void (stderr += chunk.toString()));
  return new Promise((resolve) => {
    gateway.stdout!.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
      if (stdout.includes('"event":"started"')) resolve({ status: 0, stdout, stderr });
    });
    gateway.once("exit", (status) => resolve({ status: status ?? 1, stdout, stderr }));
  });
}
