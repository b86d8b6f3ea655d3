import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { networksOf } from "../../../src/base/networks.ts";
import { nameCaller, peersBehind, type ForwardedField } from "../../../src/http/public/peer.ts";

const trusted = networksOf(["10.0.0.0/24", "fd00::/64"]);
const from = (remoteAddress: string | undefined, fields: readonly string[], field: ForwardedField = "x-forwarded-for"): string =>
  peersBehind({ networks: trusted, field })({ socket: { remoteAddress } as Socket, rawHeaders: [...fields] }).address;
const xff = "X-Forwarded-For";

describe("the caller", () => {
  it.each([
    ["is the other end of the connection", "192.0.2.1", [], "192.0.2.1"],
    ["is not what a stranger claims", "192.0.2.1", [xff, "10.9.9.9"], "192.0.2.1"],
    ["is whom a trusted proxy names", "10.0.0.1", [xff, "192.0.2.7"], "192.0.2.7"],
    ["is what the last proxy saw, not what the caller wrote before it", "10.0.0.1", [xff, "10.9.9.9, 192.0.2.7"], "192.0.2.7"],
    ["is looked for through several trusted proxies", "10.0.0.1", [xff, "1.1.1.1, 192.0.2.7, 10.0.0.2"], "192.0.2.7"],
    [
      "is looked for in all fields of the name, in their order",
      "10.0.0.1",
      [xff, "1.1.1.1", "a", "b", "x-forwarded-for", "192.0.2.7"],
      "192.0.2.7",
    ],
    ["may have a port", "10.0.0.1", [xff, "192.0.2.7:4711"], "192.0.2.7"],
    ["may be of IPv6", "10.0.0.1", [xff, "2001:db8::7"], "2001:db8::7"],
    ["may be of IPv6 with a port", "10.0.0.1", [xff, "[2001:db8::7]:4711"], "2001:db8::7"],
    ["may call a proxy by IPv4 in IPv6", "::ffff:10.0.0.1", [xff, "192.0.2.7"], "192.0.2.7"],
    ["may be a proxy itself, if all are", "10.0.0.1", [xff, "10.0.0.3, 10.0.0.2"], "10.0.0.3"],
    ["is unknown if the proxy does not say", "10.0.0.1", [], ""],
    ["is unknown if the proxy says so", "10.0.0.1", [xff, "192.0.2.7, unknown"], ""],
    ["is unknown if it is no address", "10.0.0.1", [xff, "192.0.2.7, 192.0.2.999"], ""],
    ["is unknown if the field ends with nothing", "10.0.0.1", [xff, "192.0.2.7,"], ""],
    ["is not read from the other field", "10.0.0.1", ["Forwarded", "for=192.0.2.7"], ""],
    ["is unknown once the socket is gone", undefined, [xff, "192.0.2.7"], ""],
  ])("%s", (_, remote, fields, expected) => {
    expect(from(remote, fields)).toBe(expected);
  });

  it.each([
    ["for=192.0.2.7", "192.0.2.7"],
    ["For=192.0.2.7;proto=https;by=10.0.0.1", "192.0.2.7"],
    ['proto=https;for="192.0.2.7:4711"', "192.0.2.7"],
    ['for="[2001:db8:cafe::17]:4711"', "2001:db8:cafe::17"],
    ["for=10.9.9.9, for=192.0.2.7", "192.0.2.7"],
    ['for=192.0.2.7, for="[fd00::2]"', "192.0.2.7"],
    ['by="a,for=1.1.1.1";for=192.0.2.7', "192.0.2.7"],
    ["for=_hidden", ""],
    ["for=unknown", ""],
    ["proto=https", ""],
    ["for=192.0.2.7, proto=https", ""],
  ])("is read from Forwarded: %s", (value, expected) => {
    expect(from("10.0.0.1", ["Forwarded", value, xff, "203.0.113.1"], "forwarded")).toBe(expected);
  });

  it("is whom a PROXY header named; if that is a proxy, whom its field names", () => {
    const of = peersBehind({ networks: trusted, field: "x-forwarded-for" });
    const named = (address: string, rawHeaders: string[]): string => {
      const socket = { remoteAddress: "10.0.0.1" } as Socket;
      nameCaller(socket, address);
      return of({ socket, rawHeaders }).address;
    };
    expect(named("192.0.2.7", [xff, "10.9.9.9"])).toBe("192.0.2.7");
    expect(named("10.0.0.2", [xff, "192.0.2.8"])).toBe("192.0.2.8");
    expect(named("10.0.0.2", [])).toBe("10.0.0.2");
  });
});
