import { describe, expect, test } from "vitest";
import { carryTrace } from "../../src/telemetry/trace.ts";

const fresh = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-02$/;

describe("traceparent (W3C Trace Context Level 2, §3.2)", () => {
  // The examples of §3.2.2.5.
  test.each(["00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"])(
    "%s is carried as it is",
    (value) => {
      expect(carryTrace(value)).toBe(value);
    },
  );

  test("a later version is carried on as version 00 with the flags that are known", () => {
    expect(carryTrace("cc-12345678901234567890123456789012-1234567890123456-ff-what-the-future")).toBe(
      "00-12345678901234567890123456789012-1234567890123456-03",
    );
  });

  test("without one a new trace begins, and never the same twice", () => {
    expect(carryTrace(undefined)).toMatch(fresh);
    expect(carryTrace(undefined)).not.toBe(carryTrace(undefined));
  });

  // The refused forms of https://github.com/w3c/trace-context/blob/main/test/test.py (test_traceparent_*).
  test.each([
    ["", "empty"],
    ["00-00000000000000000000000000000000-1234567890123456-01", "a trace id of zeros"],
    ["00-12345678901234567890123456789012-0000000000000000-01", "a parent id of zeros"],
    ["ff-12345678901234567890123456789012-1234567890123456-01", "version ff"],
    ["00-12345678901234567890123456789012-1234567890123456-01-what", "version 00 with more behind it"],
    ["00-12345678901234567890123456789012-1234567890123456-01.", "version 00 with trailing junk"],
    ["cc-12345678901234567890123456789012-1234567890123456-01.what", "a later version with junk"],
    ["00-1234567890123456789012345678901-1234567890123456-01", "a short trace id"],
    ["00-123456789012345678901234567890123-1234567890123456-01", "a long trace id"],
    ["00-12345678901234567890123456789012-123456789012345-01", "a short parent id"],
    ["00-ABCDEF78901234567890123456789012-1234567890123456-01", "upper case"],
    ["00-.2345678901234567890123456789012-1234567890123456-01", "an illegal character"],
    ["0-12345678901234567890123456789012-1234567890123456-01", "a short version"],
    ["00-12345678901234567890123456789012-1234567890123456-1", "short flags"],
    ["00-12345678901234567890123456789012-1234567890123456-01\n", "a line feed"],
    ["00-12345678901234567890123456789012-1234567890123456-01, 00-12345678901234567890123456789012-1234567890123456-01", "two of them"],
  ])("%j (%s) is replaced, not refused", (value) => {
    expect(carryTrace(value)).toMatch(fresh);
    expect(carryTrace(value)).not.toContain("12345678901234567890123456789012");
  });
});
