import { once } from "node:events";
import { createServer } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { messageOf } from "../../../src/http/public/exchange-listener.ts";

/** Reads the content of one POST only after its caller has gone; every byte of it had come, or half. */
async function readLate(sent: string): Promise<unknown> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const read = new Promise((resolve) => {
    server.on("request", (request, response) => {
      const message = messageOf(request, response, { address: "" }, false, 0);
      request.once("close", () => setImmediate(() => void message.readContent(100).then(resolve, resolve)));
    });
  });
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n${sent}`, () => socket.destroy());
  const found = await read;
  server.close();
  return found;
}

test.each(["abcd", "ab"])(
  "content whose caller has gone before anybody read it (%j of four bytes) is caller-gone, and nobody waits for it",
  async (sent) => {
    expect(await readLate(sent)).toMatchObject({ code: "caller-gone" });
  },
);
