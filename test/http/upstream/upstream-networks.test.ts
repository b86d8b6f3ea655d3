import { BlockList } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Problem } from "../../../src/base/problem.ts";
import { oneAddress, patientForwarder } from "./patient-forwarder.ts";
import type { ServiceVersion } from "../../../src/registry/snapshot.ts";
import { gatewayFixture } from "../../support/gateway-fixture.ts";
import { patienceMs } from "../../support/patience.ts";
import { rawProvider, type RawProvider } from "./raw-provider.ts";

let provider: RawProvider;
beforeAll(async () => {
  provider = await rawProvider();
  provider.answer((socket) => socket.write("HTTP/1.1 204 No Content\r\n\r\n"));
});
afterAll(() => provider.close());

const networks = (...subnets: readonly [string, number, "ipv4" | "ipv6"][]): BlockList => {
  const list = new BlockList();
  for (const subnet of subnets) list.addSubnet(...subnet);
  return list;
};
const loopback = networks(["127.0.0.0", 8, "ipv4"]);
const elsewhere = networks(["10.0.0.0", 8, "ipv4"]);

/** What comes of a GET to this host, at the provider's port, when upstreams may have these addresses. */
async function reach(host: string, permitted: BlockList, connectTimeoutMs = patienceMs): Promise<string> {
  const forwarder = patientForwarder(permitted, 0);
  const upstream = `http://${host}:${new URL(provider.origin).port}`;
  const service = {
    ...oneAddress,
    upstream,
    maxConnections: 1,
    connectTimeoutMs,
    responseTimeoutMs: patienceMs,
    maxResponseBytes: 0,
  } as ServiceVersion;
  try {
    const { status } = await forwarder.forward({ service, method: "GET", target: "/", fields: [], content: Buffer.alloc(0) });
    return String(status);
  } catch (error) {
    expect(JSON.stringify([(error as Problem).detail, (error as Problem).fields])).not.toContain(host);
    return error instanceof Problem ? error.code : String(error);
  } finally {
    await forwarder.close();
  }
}

describe("an upstream has an address of the permitted networks, however it is written", () => {
  it.each(["127.0.0.1", "0x7f.1", "2130706433", "017700000001", "127.1", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "localhost"])(
    "%s is the loopback",
    async (host) => {
      const before = provider.requests();
      // A name has to lead inside with every address that it has.
      expect(await reach(host, host === "localhost" ? networks(["127.0.0.0", 8, "ipv4"], ["::1", 128, "ipv6"]) : loopback)).toBe("204");
      expect(await reach(host, elsewhere)).toBe("upstream-unreachable");
      expect(provider.requests() - before).toBe(1);
    },
  );

  it.each([
    "169.254.169.254",
    "0xa9fea9fe",
    "2852039166",
    "[fd00:ec2::254]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b::a9fe:a9fe]",
    "[::]",
    "0.0.0.0",
    "10.0.0.1",
    "nama.tidak.ada.invalid",
  ])("%s is not reached", async (host) => {
    const before = provider.requests();
    // Nothing is reached however long it may take; a resolver that does not answer need not be waited for.
    expect(await reach(host, loopback, 200)).toBe("upstream-unreachable");
    expect(provider.requests()).toBe(before);
  });

  it("and an exchange with one that has not is refused without a word about where", async () => {
    const w = await gatewayFixture({ settings: { "upstream-networks": "10.0.0.0/8" } });
    const { fields, answer } = await w.call();
    expect([fields["spl-problem"], w.received.length]).toEqual(["upstream-unreachable", 0]);
    expect(answer.toString()).not.toContain(new URL(w.open.gateway.snapshot().services.values().next().value!.upstream).host);
    await w.close();
  });
});
