import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "vitest";
import { python, testWithPython } from "../support/python.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

testWithPython(
  "what `npm start -s -- --once --json` prints is one document that a program without the project's code finds true",
  async () => {
    const demo = ["--max-semi-space-size=8", "src/simpul.mjs", "demo", "--once", "--json"];
    const { stdout } = await promisify(execFile)(process.execPath, demo, { cwd: root, maxBuffer: 1 << 26 });
    const document = JSON.parse(stdout) as { exchanges: unknown[]; data: string };
    expect(existsSync(document.data)).toBe(false);
    const { status, stdout: lines } = python("check.py", [], stdout);
    expect(
      lines
        .split("\n")
        .filter((line) => !line.startsWith("ok "))
        .join("\n"),
    ).toMatch(/^[1-9][0-9]* passed, 0 failed\n$/);
    expect(status).toBe(0);
    expect(python("check.py", [], JSON.stringify({ ...document, exchanges: document.exchanges.toReversed() })).status).toBe(1);
  },
  120_000,
);
