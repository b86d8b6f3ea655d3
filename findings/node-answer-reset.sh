#!/usr/bin/env bash
# Node's HTTP server answers an upload early and closes at once: a client that sends first and reads afterwards never sees the answer.
#
# Software: node:http of Node 26.10.0 and 20.20.2, on Linux
# Rule:     RFC 9112 §9.6: a server that closes while a client still sends must close in stages, "since the client might not have
#           received the last response": half-close, read on for a while, then close.
# Seen:     POST of 30 MB, answered 401 with Connection: close before the content is read. node:http calls destroySoon(), the kernel finds
#           unread bytes in the socket and sends RST. A client that writes the whole content before it reads (as curl without Expect,
#           Go, httpx and urllib do in part) gets EPIPE or ECONNRESET and no status. With a socket that is ended, read and only then
#           closed, the same client reads 401.
# Affects:  who refuses uploads early (token, size, quota) in Node: behind nginx, Apache or Caddy the caller gets the proxy's 502, which
#           looks as if the application had died, and many clients repeat the upload.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > seen.mjs <<'JS'
import { createServer } from "node:http";
import { spawnSync } from "node:child_process";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

if (!isMainThread) {
  const server = createServer((_, response) => response.writeHead(401, { Connection: "close", "Content-Length": 0 }).end());
  if (workerData === "in stages")
    server.on("connection", (socket) => {
      socket.destroySoon = () => {
        socket.removeAllListeners("data");
        socket.end();
        const discard = () => socket.on("data", () => {});
        if (socket.isPaused()) socket.once("resume", discard).resume();
        else discard();
      };
    });
  server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
} else {
  // A client that writes everything before it reads anything, with blocking calls.
  const client = `
import socket, sys
s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
try:
    s.sendall(b"POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 30000000\\r\\n\\r\\n")
    for _ in range(300): s.sendall(b" " * 100000)
    print(s.recv(1000).split(b" ")[1].decode())
except OSError as fault: print("no answer")
`;
  for (const how of ["at once", "in stages"]) {
    const server = new Worker(new URL(import.meta.url), { workerData: how });
    const port = await new Promise((ready) => server.once("message", ready));
    const answers = new Set();
    for (let i = 0; i < 3; i++) answers.add(spawnSync("python3", ["-c", client, String(port)], { encoding: "utf8" }).stdout.trim());
    console.log(`closed ${how}: ${[...answers].join(", ")}`);
    await server.terminate();
  }
}
JS
seen=$(node --no-warnings seen.mjs)
stated='closed at once: no answer
closed in stages: 401'
echo "$seen"
if [ "$seen" = "$stated" ]; then echo 'as stated'; else printf 'changed; stated was:\n%s\n' "$stated"; exit 1; fi
