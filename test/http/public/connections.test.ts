import { EventEmitter, once } from "node:events";
import type { Server } from "node:http";
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { oneCaller } from "../../../src/base/networks.ts";
import { endSlow } from "../../../src/http/public/end-slow.ts";
import { faithful, gatewayFixture, type FixtureOptions, type GatewayFixture } from "../../support/gateway-fixture.ts";
import { kept } from "../../support/kept-log.ts";
import { page } from "../../support/page.ts";
import { eventually } from "../../support/patience.ts";
import { dial, figure, posting, sign } from "../../support/wire.ts";

let w: GatewayFixture;
const strangers: Socket[] = [];
afterEach(async () => {
  for (const socket of strangers.splice(0)) socket.destroy();
  await w.close();
});

const enter = async (settings: Record<string, string>, options: FixtureOptions = {}): Promise<void> =>
  void (w = await gatewayFixture({ settings, ...options }));

/** A connection from an address of the loopback network, which sends nothing unless told. */
async function stranger(localAddress: string, sent?: string): Promise<Socket> {
  const { hostname, port } = new URL(w.publicOrigin);
  const socket = connect({ host: hostname, port: Number(port), localAddress });
  strangers.push(socket);
  socket.on("error", () => undefined);
  await once(socket, "connect");
  if (sent !== undefined) socket.write(sent);
  return socket;
}

const closed = (socket: Socket): Promise<unknown> => {
  socket.resume();
  return socket.closed ? Promise.resolve() : once(socket, "close");
};
const open = (): Promise<number> => figure(w, "simpul_connections");
const refused = (limit: string): Promise<number> => figure(w, "simpul_connections_refused_total", `limit="${limit}"`);
const ready = async (): Promise<string> => (await page(`${w.controlOrigin}/readyz`)).text;

describe("connections", () => {
  it("of one address are bounded: a stranger without a key leaves room for everybody else", async () => {
    const { log, lines } = kept("connectionsRefused");
    await enter({ "max-connections-per-address": "3" }, { log });
    const first = [await stranger("127.0.0.9"), await stranger("127.0.0.9"), await stranger("127.0.0.9")];
    await closed(await stranger("127.0.0.9"));
    await closed(await stranger("127.0.0.9"));
    expect((await w.call()).status).toBe(200);
    expect([await refused("address"), await refused("all")]).toEqual([2, 0]);
    expect(lines).toEqual([["connectionsRefused", { limit: "address", source: "127.0.0.9", refused: 1 }]]);
    first[0]!.destroy();
    await eventually(async () => (await open()) === 2);
    await stranger("127.0.0.9");
    await eventually(async () => (await open()) === 3);
    expect(await refused("address")).toBe(2);
  });

  it("of strangers leave some for addresses that authenticated lately, and count no more as theirs once they are known", async () => {
    const { log, lines } = kept("connectionsRefused");
    await enter({ "max-connections": "8", "max-stranger-connections": "50" }, { log });
    const silent = await Promise.all(["127.0.0.5", "127.0.0.6", "127.0.0.7"].map((address) => stranger(address)));
    await eventually(async () => (await open()) === 3);
    // The fourth authenticates, so that there is room for another stranger beside it.
    const wire = dial(w);
    wire.write(sign(w).head);
    expect((await wire.answer()).status).toBe(200);
    await stranger("127.0.0.8");
    await closed(await stranger("127.0.0.9"));
    expect(lines).toEqual([["connectionsRefused", { limit: "strangers", source: "127.0.0.9", refused: 1 }]]);
    expect([await refused("strangers"), await refused("all"), await ready()]).toEqual([1, 0, "ok\n"]);
    const own = [await stranger("127.0.0.1"), await stranger("127.0.0.1")];
    await eventually(async () => (await open()) >= 6);
    expect((await w.call()).status).toBe(200);
    for (const socket of [...silent, ...own, wire.socket]) socket.destroy();
    await eventually(async () => (await open()) <= 2);
    await stranger("127.0.0.9");
    await eventually(async () => (await refused("strangers")) === 1);
    expect(await Promise.all([1, 2].map(() => stranger("127.0.0.10")))).toHaveLength(2);
    await closed(await stranger("127.0.0.10"));
  });

  it("of a trusted proxy are bounded for each caller that it names, and not for itself", async () => {
    await enter({ "max-connections-per-address": "2", "trusted-proxies": "127.0.0.1/32" });
    const through = (caller?: string): Promise<Socket> =>
      stranger("127.0.0.1", caller === undefined ? "GET " : `PROXY TCP4 ${caller} 127.0.0.1 1000 2000\r\nGET `);
    for (let i = 0; i < 2; i++) await through("10.16.0.5");
    await closed(await through("10.16.0.5"));
    for (let i = 0; i < 3; i++) await through();
    await through("10.16.0.6");
    await eventually(async () => (await open()) === 6);
    expect(await refused("address")).toBe(1);
  });

  it("are as many as may be: the next is turned away, and /readyz, the metrics and the log say so", async () => {
    const { log, lines } = kept("connectionsRefused");
    await enter({ "max-connections": "3", "max-stranger-connections": "100" }, { log });
    expect(await ready()).toBe("ok\n");
    const held = await Promise.all(["127.0.0.7", "127.0.0.8", "127.0.0.9"].map((address) => stranger(address)));
    await eventually(async () => (await open()) === 3);
    await closed(await stranger("127.0.0.9"));
    expect(await ready()).toBe("not ready: connections\n");
    expect([await refused("all"), await figure(w, "simpul_connections_limit")]).toEqual([1, 3]);
    expect(lines).toEqual([["connectionsRefused", { limit: "all", source: "127.0.0.9", refused: 1 }]]);
    held[0]!.destroy();
    await eventually(async () => (await ready()) === "ok\n");
    expect((await w.call()).status).toBe(200);
  });

  it("whose caller reads nothing end; one whose provider takes its time goes on", async () => {
    await enter({ "write-timeout-ms": "300" });
    const reached = Promise.withResolvers<() => void>();
    w.respondWith((seen, request, response) => reached.resolve(() => faithful(seen, request, response)));
    const slow = w.call();
    const answer = await reached.promise;
    const unread = `GET /docs/client.md HTTP/1.1\r\nHost: ${new URL(w.publicOrigin).host}\r\n\r\n`.repeat(1000);
    await Promise.all(
      [1, 2, 3].map(async () => {
        const socket = await stranger("127.0.0.9", unread);
        socket.pause();
      }),
    );
    await eventually(async () => (await open()) === 4);
    await eventually(async () => (await open()) === 1);
    answer();
    expect((await slow).status).toBe(200);
  });

  it("whose content trickles in end before it is whole, long before its time is over", async () => {
    await enter({ "head-timeout-ms": "300", "content-timeout-ms": "600000", "min-bytes-per-second": "1000000" });
    const slow = dial(w);
    const { head } = sign(w, { ...posting, content: Buffer.alloc(60_000, 0x20) });
    slow.write(head);
    const trickle = setInterval(() => slow.write(" "), 20);
    await slow.ended;
    clearInterval(trickle);
    expect(w.received).toEqual([]);
    expect((await w.call()).status).toBe(200);
  });

  it("whose caller takes an answer little by little end when it has had its time; one that is fast enough, or waits, goes on", () => {
    const server = new EventEmitter();
    const look = endSlow(server as Server, { minBytesPerSecond: 4096, contentGraceMs: 10_000, answerGraceMs: 30_000 });
    const answered = (bytes: number) => {
      const socket = Object.assign(new EventEmitter(), { bytesRead: 0, bytesWritten: bytes, writableLength: bytes, ended: false });
      server.emit("connection", Object.assign(socket, { destroy: () => void (socket.ended = true) }));
      return socket;
    };
    const [sipping, taking, waiting] = [answered(409_600), answered(409_600), answered(0)];
    const ended = (): readonly boolean[] => [sipping, taking, waiting].map((socket) => socket.ended);
    // An answer of 400 KiB has 30 + 100 seconds.
    for (let now = 0; now <= 130_000; now += 1000) {
      look(now);
      sipping.writableLength--;
      taking.writableLength = Math.max(0, taking.writableLength - 4096);
    }
    expect(ended()).toEqual([false, false, false]);
    // A further answer that was given meanwhile has its own size, too.
    sipping.bytesWritten += 4096;
    sipping.writableLength += 4096;
    taking.bytesWritten += 4096;
    taking.writableLength += 4096;
    look(131_000);
    expect(ended()).toEqual([false, false, false]);
    look(131_001);
    expect(ended()).toEqual([true, false, false]);
    look(162_000);
    expect(ended()).toEqual([true, false, false]);
    look(162_001);
    expect(ended()).toEqual([true, true, false]);
    server.emit("close");
  });

  it("of the control port, too, end while their head or content trickles in", async () => {
    await enter({ "head-timeout-ms": "300", "content-timeout-ms": "300" });
    const content = "POST /v1/grants HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n";
    await Promise.all(
      ["GET /livez HTTP/1.1\r\nHost: loc", content].map(async (begun) => {
        const socket = connect(Number(new URL(w.controlOrigin).port), "127.0.0.1");
        strangers.push(socket);
        socket.write(begun);
        const trickle = setInterval(() => socket.write("a"), 20);
        socket.on("error", () => undefined);
        await closed(socket);
        clearInterval(trickle);
      }),
    );
    expect(await ready()).toBe("ok\n");
  });

  it("carry out so many pipelined requests at a time; the others wait and are answered in order", async () => {
    await enter({ "max-pipelined": "2" });
    const releases: (() => void)[] = [];
    w.respondWith((seen, request, response) => void releases.push(() => faithful(seen, request, response)));
    const wire = dial(w);
    const signed = Array.from({ length: 7 }, () => sign(w));
    wire.write(signed.map(({ head }) => head).join(""));
    const other = dial(w);
    for (let answered = 0; answered < 7; answered++) {
      await eventually(() => releases.length === Math.min(answered + 2, 7));
      expect((await page(`${w.publicOrigin}/problems/replayed`)).status).toBe(200);
      expect(releases).toHaveLength(Math.min(answered + 2, 7));
      releases[answered]!();
      expect((await wire.answer()).status).toBe(200);
    }
    // The connection is read on.
    wire.write(sign(w).head);
    await eventually(() => releases.length === 8);
    releases[7]!();
    expect((await wire.answer()).status).toBe(200);
    wire.socket.destroy();
    other.socket.destroy();
  });

  it("carry out no pipelined request that waits when its caller hangs up", async () => {
    await enter({ "max-pipelined": "2" });
    const releases: (() => void)[] = [];
    w.respondWith((seen, request, response) => void releases.push(() => faithful(seen, request, response)));
    const wire = dial(w);
    wire.write(Array.from({ length: 5 }, () => sign(w).head).join(""));
    await eventually(() => releases.length === 2);
    wire.socket.resetAndDestroy();
    await eventually(async () => (await open()) === 0);
    const other = dial(w);
    other.write(sign(w).head);
    await eventually(() => releases.length === 3);
    for (const release of releases) release();
    expect((await other.answer()).status).toBe(200);
    expect(releases).toHaveLength(3);
    other.socket.destroy();
  });

  it("of IPv6 count by their network, for a host has as many addresses there as it likes", () => {
    const same = ["2001:db8:0:1::5", "2001:db8:0:1:a:b:c:d", "2001:db8::1:0:0:0:7"];
    expect(new Set(same.map(oneCaller))).toEqual(new Set(["2001:db8:0:1::/64"]));
    expect(["2001:db8:0:2::5", "::1", "::ffff:10.16.0.5", "10.16.0.5"].map(oneCaller)).toEqual([
      "2001:db8:0:2::/64",
      "0:0:0:0::/64",
      "10.16.0.5",
      "10.16.0.5",
    ]);
  });
});
