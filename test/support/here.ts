import { vi } from "vitest";
import { main } from "../../src/cli/cli.ts";
import type { Run } from "./simpul.ts";

/** One command in this process: for what opens nothing itself, and asks a gateway that is here. */
export async function here(args: readonly string[]): Promise<Run> {
  const out = vi.spyOn(console, "log").mockImplementation(() => undefined);
  const err = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const said = (calls: readonly (readonly unknown[])[]): string => calls.map((line) => `${line.join(" ")}\n`).join("");
  try {
    const status = await main(args);
    return { status, stdout: said(out.mock.calls), stderr: said(err.mock.calls) };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}
