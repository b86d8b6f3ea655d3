/** The baseline: `@fastify/http-proxy` as its README starts it, and nothing else. `node proxy.ts PORT UPSTREAM` */
import httpProxy from "@fastify/http-proxy";
import Fastify from "fastify";

const [port, upstream] = process.argv.slice(2);
const app = Fastify();
await app.register(httpProxy, { upstream: upstream! });
await app.listen({ host: "127.0.0.1", port: Number(port) });
