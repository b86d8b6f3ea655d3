import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { problems } from "../../src/base/problem.ts";
import { createMetrics } from "../../src/telemetry/metrics.ts";

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook: string };
}

const operations = join(import.meta.dirname, "../../docs/operations");
const { groups } = parse(readFileSync(join(operations, "alerts.yaml"), "utf8")) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const sections = [...readFileSync(join(operations, "runbook.md"), "utf8").matchAll(/^## (\S+)$/gm)].map(([, name]) => name);
const { names } = createMetrics({ maxMetricSeries: 1, maxReplayEntries: 1, maxLedgerQueue: 1, maxConnections: 1 });

test.each(rules)("$alert asks only for metrics that exist, and for codes that are problems", ({ expr }) => {
  const asked = [...expr.matchAll(/\b(?:up|(?:simpul|process|nodejs)_[a-z0-9_]+)\b/g)].map(([name]) => name);
  expect(asked).not.toEqual([]);
  for (const name of asked)
    expect(["up", ...names], name).toContain(names.includes(name) ? name : name.replace(/_(bucket|sum|count)$/, ""));
  for (const [, codes = ""] of expr.matchAll(/\bcode=~?"([^"]+)"/g))
    for (const code of codes.split("|")) expect(Object.keys(problems)).toContain(code);
});

test.each(rules)("$alert has its severity, its summary and its section of the runbook", ({ alert, labels, annotations }) => {
  expect(labels.severity).toMatch(/^(critical|warning|info)$/);
  expect(annotations.summary).not.toBe("");
  expect(annotations.runbook).toBe(`{{ $externalLabels.simpul_docs }}/operations/runbook.md#${alert.toLowerCase()}`);
});

test("the runbook has a section for each alert, in the same order, and no other", () => {
  expect(sections).toEqual(rules.map(({ alert }) => alert));
});

/** Prometheus's own program; `.ci/install` brings it. */
const promtool = (...args: readonly string[]) => {
  const { status, stdout, stderr, error } = spawnSync("promtool", args, { encoding: "utf8" });
  return { status, said: error === undefined ? stdout + stderr : error.message };
};
const testWithPromtool = test.skipIf(promtool("--version").status !== 0);

testWithPromtool("no alert fires falsely after a restart, and those that should fire do, with a link", () => {
  expect(promtool("test", "rules", join(operations, "alerts.test.yaml"))).toMatchObject({ status: 0 });
});

testWithPromtool("Prometheus takes the rules and deploy/prometheus.yml", () => {
  const root = join(operations, "../..");
  const folder = mkdtempSync(join(tmpdir(), "simpul-prometheus-"));
  const file = join(folder, "prometheus.yml");
  writeFileSync(file, readFileSync(join(root, "deploy/prometheus.yml"), "utf8").replaceAll("/opt/simpul", root));
  const { status, said } = promtool("check", "config", file);
  rmSync(folder, { recursive: true });
  expect({ status, said }).toMatchObject({ status: 0, said: expect.stringContaining(`${rules.length} rules found`) as string });
});
