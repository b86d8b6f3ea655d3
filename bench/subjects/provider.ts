/** The provider: answers fixed records at once, so that what is measured is what stands before it. `node provider.ts PORT` */
import { createServer } from "node:http";
import { collectionPath, pathOf, recordsOf, sizes } from "../records.ts";

const records = new Map(sizes.map((size) => [pathOf(size), recordsOf(size)]));
const filed = recordsOf(1);

createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  const answer = (status: number, content: Buffer): void => void response.writeHead(status, { "Content-Type": "application/json", "Content-Length": content.length }).end(content);
  if (request.method === "POST" && request.url === collectionPath) {
    request.resume().on("end", () => answer(201, filed));
    return;
  }
  const found = records.get(request.url ?? "");
  if (found === undefined) response.writeHead(404).end();
  else answer(200, found);
}).listen(Number(process.argv[2]), "127.0.0.1");
