import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { eventually } from "../support/patience.ts";

/** Whether a program cannot be called here. */
export const absent = (program: string, flag = "-v"): boolean => spawnSync(program, [flag], { stdio: "ignore" }).status !== 0;

/** nginx with these directives inside `http`; resolves when it listens on the port, and stops it after the test. */
export function startNginx(port: number, http: string): Promise<void> {
  return startProxy(port, (folder) => {
    const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`).join(" ");
    // Its workers write contents into the folder, which belongs to whoever runs the tests.
    const user = process.getuid?.() === 0 ? "user root; " : "";
    const head = `${user}daemon off; pid ${folder}/pid; error_log ${folder}/error.log;`;
    return { program: "nginx", flags: ["-p", folder, "-c"], text: `${head} events {} http { access_log off; ${paths}\n${http}\n}` };
  });
}

/** HAProxy in front of the gateway, as its documentation begins. */
export function startHaproxy(port: number, gatewayPort: number): Promise<void> {
  const seconds = ["connect 5s", "client 60s", "server 60s"].map((timeout) => `timeout ${timeout}`);
  const text = ["defaults", "mode http", ...seconds, "frontend f", `bind 127.0.0.1:${port}`, "default_backend b", "backend b"];
  return startProxy(port, () => ({
    program: "haproxy",
    flags: ["-f"],
    text: [...text, `server gw 127.0.0.1:${gatewayPort}`, ""].join("\n"),
  }));
}

/** Squid without what a service of the system has besides; its shared memory is named after the port. As root it becomes another user. */
export function squidWith(text: string, port: number): Omit<Program, "program"> {
  const own = [
    "pid_filename none",
    "access_log none",
    "cache_log /dev/null",
    "coredump_dir none",
    "visible_hostname uji",
    "shutdown_lifetime 0 seconds",
  ];
  return { flags: ["-N", "-n", `uji${port}`, "-d", "1", "-f"], text: [...own, text, ""].join("\n") };
}

/** Squid as an accelerator with nothing set that it does not need for that. */
export function startSquid(port: number, gatewayPort: number): Promise<void> {
  const text = [
    `http_port 127.0.0.1:${port} accel defaultsite=127.0.0.1:${port}`,
    `cache_peer 127.0.0.1 parent ${gatewayPort} 0 no-query originserver`,
    "http_access allow all",
  ];
  return startProxy(port, () => ({ program: "squid", ...squidWith(text.join("\n"), port) }));
}

export interface Program {
  readonly program: string;
  /** The file of the configuration comes after them. */
  readonly flags: readonly string[];
  readonly text: string;
}

/** Starts a proxy in a folder of its own; resolves when it listens on the port, and stops it after the test. */
export async function startProxy(port: number, configure: (folder: string) => Program): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "simpul-proxy-"));
  const { program, flags, text } = configure(folder);
  const file = join(folder, "proxy.conf");
  writeFileSync(file, text);
  const running = spawn(program, [...flags, file], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder },
  });
  let said = "";
  running.stderr.on("data", (bytes) => (said += String(bytes)));
  onTestFinished(async () => {
    if (running.exitCode === null) {
      running.kill();
      await once(running, "exit");
    }
    rmSync(folder, { recursive: true });
  });
  const log = join(folder, "error.log");
  await eventually(
    () =>
      new Promise<boolean>((resolve, reject) => {
        if (running.exitCode !== null) reject(new Error(`${said}${existsSync(log) ? readFileSync(log, "utf8") : ""}`));
        const socket = connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
        socket.on("connect", () => socket.destroy());
      }),
  );
}
