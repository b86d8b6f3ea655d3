import { expect } from "vitest";
import { python, testWithPython } from "../support/python.ts";

testWithPython(
  "the independent checker accepts published vectors and finds every flipped bit and every lie",
  () => {
    const { status, stderr } = python("self_test.py", []);
    expect(stderr).toMatch(/Ran [1-9][0-9]* tests in .*\n\nOK\n$/);
    expect(status).toBe(0);
  },
  300_000,
);
