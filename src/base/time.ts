export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** `2026-11-22 16:00:05 WIB`: an instant in western Indonesian time (UTC+7, which has no daylight saving time). */
export function westernTime(at: string): string {
  const ms = Date.parse(at);
  return Number.isNaN(ms) ? at : `${new Date(ms + 7 * hourMs).toISOString().slice(0, 19).replace("T", " ")} WIB`;
}
