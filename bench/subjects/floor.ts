/** The floor under any gateway in Node: node:http in front, undici's dispatcher behind, bytes passed on. `node floor.ts PORT UPSTREAM` */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Pool, type Dispatcher } from "undici";

const [port, upstream] = process.argv.slice(2);
const pool = new Pool(upstream!, { connections: 64, pipelining: 1 });

function carry(request: IncomingMessage, response: ServerResponse, content: Buffer | null): void {
  const contentType = request.headers["content-type"];
  pool.dispatch(
    {
      method: request.method as Dispatcher.HttpMethod,
      path: request.url!,
      headers: contentType === undefined ? [] : ["Content-Type", contentType],
      body: content,
    },
    {
      onRequestStart: () => undefined,
      onResponseStart: (started, status) =>
        void response.writeHead(
          status,
          (started.rawHeaders as Buffer[]).map((part) => part.toString("latin1")),
        ),
      onResponseData: (_, chunk) => void response.write(chunk),
      onResponseEnd: () => void response.end(),
      onResponseError: () => void response.destroy(),
    },
  );
}

createServer((request, response) => {
  if (request.method === "GET") return carry(request, response, null);
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk)).on("end", () => carry(request, response, Buffer.concat(chunks)));
}).listen(Number(port), "127.0.0.1");
