import { describe, expect, it } from "vitest";
import { firstDayIn, isTimeZone, lastDayIn, localTime, localTimeWithOffset, zoneOfInstance } from "../../src/base/local-time.ts";

describe("times as the people of a region read them", () => {
  it("have the name by which people call the zone", () => {
    const at = "2026-01-31T17:00:05.999Z";
    expect(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Europe/Paris"].map((zone) => localTime(at, zone))).toEqual([
      "2026-02-01 00:00:05 WIB",
      "2026-02-01 01:00:05 WITA",
      "2026-02-01 02:00:05 WIT",
      "2026-01-31 18:00:05 Europe/Paris",
    ]);
    expect(localTime("no time", "Asia/Jakarta")).toBe("no time");
  });

  it("have the offset beside it for who may not know the zone", () => {
    const at = Date.parse("2026-01-31T17:00:05.999Z");
    const zones = ["Asia/Jakarta", "Asia/Jayapura", "UTC", "America/St_Johns", "Asia/Kathmandu"];
    expect(zones.map((zone) => localTimeWithOffset(at, zone))).toEqual([
      "2026-02-01 00:00:05 WIB (UTC+07:00)",
      "2026-02-01 02:00:05 WIT (UTC+09:00)",
      "2026-01-31 17:00:05 UTC (UTC+00:00)",
      "2026-01-31 13:30:05 America/St_Johns (UTC-03:30)",
      "2026-01-31 22:45:05 Asia/Kathmandu (UTC+05:45)",
    ]);
    expect(["Asia/Makassar", "WITA+8", "Asia/Nirgendwo", ""].map(isTimeZone)).toEqual([true, false, false, false]);
  });

  it("are days where a period begins and ends with a day, the last one included", () => {
    const midnight = Date.parse("2026-06-01T00:00:00+09:00");
    expect([firstDayIn("Asia/Jayapura", midnight), lastDayIn("Asia/Jayapura", midnight)]).toEqual(["2026-06-01", "2026-05-31"]);
    expect([firstDayIn("Asia/Jakarta", midnight), lastDayIn("Asia/Jakarta", midnight)]).toEqual([
      "2026-05-31 22:00:00",
      "2026-05-31 21:59:59",
    ]);
  });

  it.each([
    ["ID-16.03", "Asia/Jakarta"],
    ["ID-35", "Asia/Jakarta"],
    ["ID-61.71", "Asia/Jakarta"],
    ["ID-51.71", "Asia/Makassar"],
    ["ID-64.72", "Asia/Makassar"],
    ["ID-73.71", "Asia/Makassar"],
    ["ID-81.71", "Asia/Jayapura"],
    ["ID-91.03", "Asia/Jayapura"],
    ["", "Asia/Jakarta"],
  ])("of %s are those of %s", (instance, zone) => {
    expect(zoneOfInstance(instance)).toBe(zone);
  });
});
