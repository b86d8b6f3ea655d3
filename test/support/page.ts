import { request } from "node:http";

/** A page of a port, on a connection of its own. */

export function page(
  url: string,
): Promise<{ readonly status: number; readonly fields: Readonly<Record<string, string>>; readonly text: string; readonly bytes: Buffer }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        const bytes = Buffer.concat(chunks);
        resolve({ status: incoming.statusCode!, fields: incoming.headers as Record<string, string>, text: bytes.toString("utf8"), bytes });
      });
    });
    outgoing.on("error", reject);
    outgoing.end();
  });
}
