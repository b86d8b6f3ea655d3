import { readFileSync } from "node:fs";
import { join } from "node:path";
import { squidWith, startNginx, startProxy, type Program } from "./proxies.ts";

const deployed = join(import.meta.dirname, "../../deploy/proxies");

/** A configuration of `deploy/proxies` on other ports. */
const configuration = (file: string, port: number, gatewayPort: number): string =>
  readFileSync(join(deployed, file), "utf8")
    .replaceAll("8080", String(gatewayPort))
    .replace("listen 80;", `listen 127.0.0.1:${port};`)
    .replace("bind *:80", `bind 127.0.0.1:${port}`)
    .replace("<VirtualHost *:80>", `Listen 127.0.0.1:${port}\n<VirtualHost 127.0.0.1:${port}>`)
    .replace("server.port = 80", `server.bind = "127.0.0.1"\nserver.port = ${port}`)
    .replace("http_port 80 ", `http_port 127.0.0.1:${port} `)
    .replace("http://spl.kabupaten-contoh.go.id {", `http://127.0.0.1:${port} {`);

const apacheModules = ["mpm_event", "authz_core", "proxy", "proxy_http", "env"];

/** A proxy that `deploy/proxies` has a configuration for. */
export interface DeployedProxy {
  readonly program: string;
  /** Prints something and ends. */
  readonly flag?: string;
  readonly file: string;
  readonly start?: (text: string, folder: string, port: number) => Omit<Program, "program">;
}

export const deployedProxies: Readonly<Record<string, DeployedProxy>> = {
  nginx: { program: "nginx", file: "nginx.conf" },
  HAProxy: { program: "haproxy", file: "haproxy.cfg", start: (text) => ({ flags: ["-db", "-f"], text }) },
  Apache: {
    program: "apache2",
    file: "apache.conf",
    start: (text, folder) => {
      const modules = apacheModules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`);
      const own = [...modules, `ServerRoot ${folder}`, `PidFile ${folder}/pid`, `ErrorLog ${folder}/error.log`];
      return { flags: ["-DFOREGROUND", "-f"], text: [...own, text].join("\n") };
    },
  },
  Caddy: {
    program: "caddy",
    flag: "version",
    file: "Caddyfile",
    start: (text) => ({ flags: ["run", "--adapter", "caddyfile", "--config"], text: `{\n\tadmin off\n\tauto_https off\n}\n${text}` }),
  },
  lighttpd: { program: "lighttpd", file: "lighttpd.conf", start: (text) => ({ flags: ["-D", "-f"], text }) },
  Squid: { program: "squid", file: "squid.conf", start: (text, _, port) => squidWith(text, port) },
  Varnish: {
    program: "varnishd",
    flag: "-V",
    file: "varnish.vcl",
    start: (text, folder, port) => ({
      flags: ["-F", "-a", `127.0.0.1:${port}`, "-n", join(folder, "n"), "-s", "malloc,16m", "-T", "none", "-j", "none", "-f"],
      text,
    }),
  },
};

/** Starts the proxy as `deploy/proxies` has it; stops it after the test. */
export function startDeployed({ program, file, start }: DeployedProxy, port: number, gatewayPort: number): Promise<void> {
  const text = configuration(file, port, gatewayPort);
  return start === undefined ? startNginx(port, text) : startProxy(port, (folder) => ({ program, ...start(text, folder, port) }));
}
