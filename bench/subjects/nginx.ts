import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PreparedSubject, Setting } from "./prepared.ts";
import { pathOf } from "./records.ts";

/** nginx as a plain reverse proxy with connections to the provider kept open; one worker, as every other subject has one process. */
export function writeNginxConfig({ directory, upstream, port }: Setting): PreparedSubject {
  const file = join(directory, "nginx.conf");
  const logFile = join(directory, "log");
  writeFileSync(
    file,
    `daemon off; worker_processes 1; pid ${directory}/pid; error_log ${logFile} warn;
events { worker_connections 4096; }
http {
  access_log off; keepalive_requests 10000000;
  client_body_temp_path ${directory}/body; proxy_temp_path ${directory}/proxy;
  fastcgi_temp_path ${directory}/f; uwsgi_temp_path ${directory}/u; scgi_temp_path ${directory}/s;
  upstream provider { server ${new URL(upstream).host}; keepalive 64; keepalive_requests 10000000; }
  server {
    listen 127.0.0.1:${port};
    location / { proxy_pass http://provider; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }
}
`,
  );
  const origin = `http://127.0.0.1:${port}`;
  return {
    command: { command: "nginx", args: ["-e", logFile, "-p", directory, "-c", file], origin, readyUrl: origin + pathOf(1), logFile },
  };
}
