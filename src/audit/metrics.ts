import type { AuditFinding } from "./finding.ts";
import type { Leaf } from "../ledger/leaf.ts";
import type { AuditCheck } from "./check.ts";
import { messages } from "./messages.ts";

/** Counts leaves while the log is recomputed; then compares them with the gateway's own counts. */
export interface MetricsComparison {
  leaf(leaf: Leaf): void;
  check(size: number): AuditCheck;
}

/**
 * Compares what a running gateway has counted since its start with the leaves of that time. The metrics are read before
 * the log. What they count as delivered was durable by then, so the log may have more, never less. Refusals cannot be
 * compared so: those before check 7 have no leaf, and those that are aggregated have one when their minute is over.
 */
export function compareMetrics(prometheus: string): MetricsComparison {
  const samples = readSamples(prometheus);
  const began = samples.get("process_start_time_seconds");
  const since = new Date((began ?? 0) * 1000).toISOString();
  const recorded: Record<string, number> = {};
  const record = (code: string, count: number): void => void (recorded[code] = (recorded[code] ?? 0) + count);
  return {
    leaf(leaf) {
      if (leaf.at < since || leaf.type === "intent" || leaf.type === "control") return;
      if ("counts" in leaf) for (const [code, count] of Object.entries(leaf.counts)) record(code, count);
      else record(leaf.problem ?? "delivered", 1);
    },
    check(size) {
      const title = messages.metricsTitle;
      if (began === undefined) return { id: "metrics", title, holds: false, said: messages.notMetrics, findings: [] };
      const counted = [...samples].flatMap(([name, count]) => {
        const code = /^simpul_outcomes_total\{code="([a-z-]+)"\}$/.exec(name)?.[1];
        return code === undefined || count + (recorded[code] ?? 0) === 0 ? [] : [{ code, count }];
      });
      const written = samples.get("simpul_ledger_size") ?? 0;
      const findings: AuditFinding[] = [];
      for (const { code, count } of counted)
        if (code === "delivered" && count > (recorded[code] ?? 0))
          findings.push({ place: "checkpoint", text: messages.notRecorded(count, since, recorded[code] ?? 0) });
      if (written > size) findings.push({ place: { leaf: size, last: written - 1 }, text: messages.notInLog(written, size) });
      const list = counted.map(({ code, count }) => `${code} ${count}/${recorded[code] ?? 0}`).join(", ") || "0/0";
      return {
        id: "metrics",
        title,
        holds: findings.length === 0,
        said: messages.metricsCompared(since, list),
        findings,
      };
    },
  };
}

/** The samples of a Prometheus text by name and labels as they are written there. */
function readSamples(prometheus: string): ReadonlyMap<string, number> {
  const samples = new Map<string, number>();
  for (const [, name, value] of prometheus.matchAll(/^([a-zA-Z_:][^\s{]*(?:\{[^}\n]*\})?)[ \t]+(\S+)/gm)) samples.set(name!, Number(value));
  return samples;
}
