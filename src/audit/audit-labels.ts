import type { Text } from "../base/text.ts";
import type { AuditFinding } from "./finding.ts";
import type { Audit } from "./audit.ts";
import type { AuditCheck } from "./check.ts";

/** What all forms of the report say alike. */

/** The verdict in one sentence. */
export function verdictOf({ verdict, key }: Pick<Audit, "verdict" | "key">): Text {
  if (verdict === "unsound") return { id: "Log ini TIDAK UTUH.", en: "The log is NOT SOUND." };
  if (verdict === "unvouched") {
    return {
      id: "Log ini konsisten, tetapi tidak ada yang menjamin kuncinya: berikan --vkey dari simpanan Anda.",
      en: "The log is consistent, but nobody vouches for its key: give your own --vkey.",
    };
  }
  if (key === "pinned") return { id: "Log ini UTUH.", en: "The log is SOUND." };
  return { id: "Log ini UTUH, menurut vkey di sebelahnya.", en: "The log is SOUND, by the vkey beside it." };
}

export const markOf = ({ holds }: Pick<AuditCheck, "holds">): string => (holds === true ? "✓" : holds === false ? "✗" : "–");

/** `daun 17`, `daun 17–23`, `ubin 1/0`. */
export function describePlaceInLog(place: AuditFinding["place"]): Text {
  if (place === "checkpoint") return { id: "titik periksa", en: "checkpoint" };
  if ("file" in place) return { id: place.file, en: place.file };
  if ("tile" in place) return { id: `ubin ${place.level}/${place.tile}`, en: `tile ${place.level}/${place.tile}` };
  const leaves = place.last === undefined || place.last === place.leaf ? `${place.leaf}` : `${place.leaf}–${place.last}`;
  return { id: `daun ${leaves}`, en: `leaf ${leaves}` };
}

/** 90 → `1 mnt 30 dtk`; the two greatest units. */
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

/** Text of a log on a terminal: leaves may hold whatever somebody could sign. */
export const printable = (text: string): string => text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, "�");
