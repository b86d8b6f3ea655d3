import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createRouter } from "../contract/router.ts";
import type { Sample } from "./samples.ts";

/** Stands in for a provider that does not exist yet, and answers with the examples of its contract. */
export interface Mock {
  readonly origin: string;
  close(): Promise<void>;
}

/** Listens on a free port of loopback. It answers any request for an operation with its example; the gateway checks the request. */
export async function startMock(samples: readonly Sample[]): Promise<Mock> {
  const routes = new Map<string, Map<string, Sample>>();
  for (const sample of samples)
    routes.set(sample.template, (routes.get(sample.template) ?? new Map<string, Sample>()).set(sample.method, sample));
  const router = createRouter(routes);

  const server = createServer((request, response) => {
    const { method = "GET", url = "/" } = request;
    const found = router.find(url.split("?", 1)[0]!)?.found;
    const sample = found?.get(method) ?? (method === "HEAD" ? found?.get("GET") : undefined);
    request
      .resume()
      .on("end", () => (sample === undefined ? refuse(response, 404, "Operasi ini tidak ada dalam kontrak.") : answer(response, sample)));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function answer(response: ServerResponse, { id, answer: shown }: Sample): void {
  if (shown === undefined) return refuse(response, 501, `Kontrak belum punya contoh jawaban untuk ${id}.`);
  const { status, content } = shown;
  response
    .writeHead(status, content === undefined ? {} : { "Content-Type": content.type, "Content-Length": content.bytes.length })
    .end(content?.bytes);
}

function refuse(response: ServerResponse, status: number, detail: string): void {
  const bytes = Buffer.from(JSON.stringify({ title: "Belum ada contoh", status, detail }));
  response.writeHead(status, { "Content-Type": "application/problem+json", "Content-Length": bytes.length }).end(bytes);
}
