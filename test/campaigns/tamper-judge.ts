import { storesAt } from "../../src/store/open.ts";
import { dataDirectory } from "../../src/base/store-location.ts";
import { audit } from "../../src/audit/audit.ts";
import type { AuditFinding } from "../../src/audit/finding.ts";
import type { TamperFixture } from "./tamper-fixture.ts";
import { readLeaves } from "./tamper-tools.ts";
import { means, type Means, type Place, type Tampering } from "./tampering.ts";

/** What one auditor found of one tampering: how near, or nothing; and in his own words. */
export interface Verdict {
  readonly means: Means;
  readonly place: Place | "not found" | "elsewhere";
  readonly said: readonly string[];
}

/** Does it to a fresh copy of the log, then audits that with each of the means in turn. */
export async function tryTampering(scenario: TamperFixture, tampering: Tampering, at: number): Promise<readonly Verdict[]> {
  const leaves = readLeaves(scenario.data);
  const directory = scenario.copy();
  try {
    await tampering.tamper(directory, at, scenario);
    const held = scenario.receipts.get(tampering.held?.(leaves, at, scenario) ?? at);
    const near = tampering.near?.(leaves, at) ?? [at];
    const verdicts: Verdict[] = [];
    for (const one of means) {
      const log = storesAt(dataDirectory(directory)).readLog();
      try {
        const { verdict, checks } = await audit(log, {
          key: { vkey: scenario.instance.vkey, pinned: true },
          now: Date.now(),
          evidence: log,
          ...(one === "checkpoints" && { remembered: tampering.remembers?.(directory, scenario) ?? scenario.heads }),
          ...(one === "a receipt" && { receipts: { held: held === undefined ? [] : [held], without: [] } }),
        });
        const findings = checks.flatMap(({ findings }) => findings);
        verdicts.push({
          means: one,
          place: verdict === "sound" ? "not found" : nearest(findings, near),
          said: findings.map(({ text }) => text.en),
        });
      } finally {
        await log.close();
      }
    }
    return verdicts;
  } finally {
    scenario.drop(directory);
  }
}

function nearest(findings: readonly AuditFinding[], near: readonly number[]): Verdict["place"] {
  const places = findings.map(({ place }) => placeOf(place, near));
  return (["leaf", "range", "checkpoint"] as const).find((place) => places.includes(place)) ?? "elsewhere";
}

function placeOf(place: AuditFinding["place"], near: readonly number[]): Verdict["place"] {
  if (place === "checkpoint") return "checkpoint";
  if (!("leaf" in place)) return "elsewhere";
  const { leaf, last = leaf } = place;
  if (!near.some((one) => leaf <= one && one <= last)) return "elsewhere";
  return leaf === last ? "leaf" : "range";
}

/**
 * Where a tampering can be tried in this log: the borders of tiles and of what is remembered, and as many other places as asked, spread
 * evenly.
 */
export function placesFor(scenario: TamperFixture, { fits }: Tampering, most: number): number[] {
  const leaves = readLeaves(scenario.data);
  const all = leaves.map((_, at) => at).filter((at) => fits(leaves, at, scenario));
  const borders = [0, 255, 256, leaves.length - 1, ...scenario.heads.flatMap(({ size }) => [size - 1, size])].filter((at) =>
    all.includes(at),
  );
  const spread = Array.from({ length: most }, (_, i) => all[Math.floor(((i + 0.5) * all.length) / most)]).filter((at) => at !== undefined);
  const chosen = most < borders.length ? [...spread.slice(0, 1), ...borders] : [...borders, ...spread];
  return [...new Set(chosen)].slice(0, most).sort((a, b) => a - b);
}
