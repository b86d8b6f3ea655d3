import { expect, test } from "vitest";
import { isLoopback } from "../../src/base/networks.ts";

test.each(["localhost", "spl.localhost", "127.0.0.1", "127.9.9.9", "127.0.0.0/8", "::1", "[::1]", "::1/128"])(
  "%s is this machine",
  (host) => {
    expect(isLoopback(host)).toBe(true);
  },
);

test.each(["10.0.0.0/8", "128.0.0.1", "127.example.go.id", "localhost.example.go.id", "fd00::1", "[fd00::1]", "::/0"])(
  "%s is not this machine alone",
  (host) => {
    expect(isLoopback(host)).toBe(false);
  },
);
