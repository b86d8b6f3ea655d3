import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lint } from "../../src/standard/lint.ts";
import { standard } from "./sample.ts";

const services = join(import.meta.dirname, "../../services");
const contracts = readdirSync(services, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith("openapi.yaml"));

test("the seven services of the demo meet the standard", async () => {
  expect(contracts).toHaveLength(7);
  for (const name of contracts) {
    const report = await lint({ file: name, text: readFileSync(join(services, name), "utf8") }, standard);
    expect(report.findings).toEqual([]);
  }
});
