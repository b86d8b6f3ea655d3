import type { Text } from "../base/text.ts";
import type { AuditFinding } from "./finding.ts";
import type { Leaf } from "../ledger/leaf.ts";
import type { AuditCheck } from "./check.ts";

/** Takes the leaves while they pass, and says afterwards whether the gateway counted what it wrote. */
export interface MetricsComparison {
  leaf(leaf: Leaf): void;
  check(size: number): AuditCheck;
}

/**
 * What a running gateway counted since it began, against the leaves of that time. The metrics are read before the log: what was counted as delivered was
 * durable by then, so the log may hold more and never less. Of refusals the same cannot be asked: those before check 7 are no leaves, and those above sixty
 * a minute become one when the minute is over.
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
      const title: Text = { id: "Metrik gerbang", en: "The gateway's metrics" };
      if (began === undefined)
        return {
          id: "metrics",
          title,
          holds: false,
          said: { id: "yang diberikan bukan metrik sebuah gerbang", en: "what was given is not a gateway's metrics" },
          findings: [],
        };
      const counted = [...samples].flatMap(([name, count]) => {
        const code = /^simpul_outcomes_total\{code="([a-z-]+)"\}$/.exec(name)?.[1];
        return code === undefined || count + (recorded[code] ?? 0) === 0 ? [] : [{ code, count }];
      });
      const written = samples.get("simpul_ledger_size") ?? 0;
      const findings: AuditFinding[] = [];
      for (const { code, count } of counted)
        if (code === "delivered" && count > (recorded[code] ?? 0)) findings.push(unrecorded(count, recorded[code] ?? 0, since));
      if (written > size) findings.push(unwritten(written, size));
      const list = counted.map(({ code, count }) => `${code} ${count}/${recorded[code] ?? 0}`).join(", ") || "0/0";
      return {
        id: "metrics",
        title,
        holds: findings.length === 0,
        said: {
          id: `dihitung/tercatat sejak ${since}: ${list}. Yang terkirim harus tercatat semuanya; penolakan tidak selalu menjadi daun sendiri`,
          en: `counted/recorded since ${since}: ${list}. Whatever was delivered must be recorded; a refusal is not always a leaf of its own`,
        },
        findings,
      };
    },
  };
}

const unrecorded = (counted: number, recorded: number, since: string): AuditFinding => ({
  place: "checkpoint",
  text: {
    id: `Gerbang mengirim ${counted} jawaban sejak ${since}, log mencatat ${recorded}`,
    en: `The gateway delivered ${counted} answers since ${since}, the log records ${recorded}`,
  },
});

const unwritten = (written: number, size: number): AuditFinding => ({
  place: { leaf: size, last: written - 1 },
  text: {
    id: `Gerbang sudah menulis ${written} daun, log hanya punya ${size}`,
    en: `The gateway had written ${written} leaves, the log has only ${size}`,
  },
});

/** Samples of the Prometheus text format by name and labels, as they are spelt. */
function readSamples(prometheus: string): ReadonlyMap<string, number> {
  const samples = new Map<string, number>();
  for (const [, name, value] of prometheus.matchAll(/^([a-zA-Z_:][^\s{]*(?:\{[^}\n]*\})?)[ \t]+(\S+)/gm)) samples.set(name!, Number(value));
  return samples;
}
