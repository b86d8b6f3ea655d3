import type { Text } from "../base/text.ts";
import type { AuditFinding } from "./finding.ts";
import type { Audit } from "./audit.ts";
import type { AuditCheck } from "./check.ts";
import { messages } from "./messages.ts";

/** The verdict in one sentence; of a sound log also how many checks were not made. */
export function verdictOf({ verdict, key, checks }: Pick<Audit, "verdict" | "key" | "checks">): Text {
  if (verdict !== "sound") return messages[verdict];
  const sound = key === "pinned" ? messages.sound : messages.soundByKeyBeside;
  const unchecked = checks.filter(({ holds }) => holds === "not-checked").length;
  return unchecked === 0 ? messages.inEveryCheck(sound) : messages.asFarAsExamined(sound, unchecked);
}

export const markOf = ({ holds }: Pick<AuditCheck, "holds">): string => (holds === true ? "✓" : holds === false ? "✗" : "–");

/** `daun 17`, `daun 17–23`, `ubin 1/0`. */
export function describePlaceInLog(place: AuditFinding["place"]): Text {
  if (place === "checkpoint") return messages.checkpoint;
  if ("file" in place) return { id: place.file, en: place.file };
  if ("tile" in place) return messages.tile(place.level, place.tile);
  return messages.leaves(place.last === undefined || place.last === place.leaf ? `${place.leaf}` : `${place.leaf}–${place.last}`);
}

/** 90 → `1 mnt 30 dtk`: the two greatest units, in Indonesian. */
export function durationOf(seconds: number): string {
  const whole = Math.round(seconds);
  const units = [
    [Math.floor(whole / 86_400), "hari"],
    [Math.floor(whole / 3600) % 24, "jam"],
    [Math.floor(whole / 60) % 60, "mnt"],
    [whole % 60, "dtk"],
  ] as const;
  const first = units.findIndex(([count]) => count > 0);
  const shown = first < 0 ? units.slice(-1) : units.slice(first, first + 2).filter(([count], i) => i === 0 || count > 0);
  return shown.map(([count, unit]) => `${count} ${unit}`).join(" ");
}

/** Text for a terminal: what a consumer signed may hold control and direction characters. */
export const printable = (text: string): string => text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, "�");
