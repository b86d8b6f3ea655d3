import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { freePort } from "../../src/base/free-port.ts";
import { environment, faithful, stranger, type Environment } from "../support/gateway-fixture.ts";
import { serve, type GatewayProcess } from "../support/gateway-process.ts";
import { eventually } from "../support/patience.ts";

interface Target {
  readonly expr: string;
  /** Names labels: `{{code}}`. */
  readonly legendFormat: string;
}

interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [at: number, number: string];
}

interface Panel {
  readonly title: string;
  readonly targets?: readonly Target[];
}

const deploy = join(import.meta.dirname, "../../deploy");
const { panels, templating } = JSON.parse(readFileSync(join(deploy, "grafana-dashboard.json"), "utf8")) as {
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly query: string }[] };
};
const asked = panels.flatMap(({ title, targets = [] }) => targets.map((target) => ({ title, ...target })));

/** Prometheus comes with promtool: `.ci/install` brings both. */
const hasPrometheus = spawnSync("prometheus", ["--version"]).status === 0;

describe.skipIf(!hasPrometheus)("a Prometheus with deploy/prometheus.yml that scrapes a running gateway", () => {
  const folder = mkdtempSync(join(tmpdir(), "simpul-dashboard-"));
  let l: Environment;
  let gateway: GatewayProcess;
  let prometheus: ChildProcess;
  let origin: string;
  let busy = true;
  let traffic: Promise<void>;

  beforeAll(async () => {
    l = await environment();
    gateway = await serve(l);
    const config = parse(readFileSync(join(deploy, "prometheus.yml"), "utf8")) as {
      global: Record<string, unknown>;
      rule_files: string[];
      scrape_configs: { static_configs: { targets: string[] }[] }[];
    };
    config.global["scrape_interval"] = "1s";
    config.rule_files = [];
    config.scrape_configs[0]!.static_configs = [{ targets: [new URL(gateway.controlOrigin).host] }];
    writeFileSync(join(folder, "prometheus.yml"), stringify(config));
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    const flags = [
      `--config.file=${folder}/prometheus.yml`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
    ];
    prometheus = spawn("prometheus", flags, { stdio: "ignore" });
    // A failing provider, a refused consumer, and what is delivered, again and again: a rate needs two scrapes.
    traffic = (async () => {
      for (let i = 0; busy; i++) {
        l.respondWith(
          i % 3 === 0 ? (_, __, response) => void response.writeHead(200, { "Content-Type": "text/plain" }).end("?") : faithful,
        );
        await l.call(i % 3 === 1 ? { iss: stranger } : {});
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    })();
  });
  afterAll(async () => {
    busy = false;
    await traffic;
    const ended = once(prometheus, "exit");
    prometheus.kill("SIGTERM");
    await ended;
    await gateway.kill("SIGTERM");
    await l.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const answerTo = async <T>(path: string, fields: Readonly<Record<string, string>>): Promise<T> => {
    const response = await fetch(`${origin}/api/v1/${path}?${new URLSearchParams(fields).toString()}`);
    const answer = (await response.json()) as { readonly status: string; readonly error?: string; readonly data: T };
    if (answer.status !== "success") throw new Error(`${JSON.stringify(fields)}: ${answer.error}`);
    return answer.data;
  };
  /** The series that an expression of the dashboard gives now, with `All` chosen as gateway, as Grafana writes it. */
  const seriesOf = async (expr: string): Promise<readonly Series[]> =>
    (await answerTo<{ readonly result: readonly Series[] }>("query", { query: expr.replaceAll("$instance", ".*") })).result;

  test("has a series for what every panel asks, with the labels that its legend names", async () => {
    await eventually(() =>
      fetch(`${origin}/-/ready`)
        .then(({ ok }) => ok)
        .catch(() => false),
    );
    const silent = new Map(asked.map((target) => [target.expr, target]));
    await eventually(async () => {
      for (const { expr, legendFormat } of silent.values()) {
        const labels = Array.from(legendFormat.matchAll(/\{\{(\w+)\}\}/g), ([, label]) => label!);
        const series = await seriesOf(expr);
        const told = series.every(({ metric, value: [, number] }) => number !== "NaN" && labels.every((label) => label in metric));
        if (series.length > 0 && told) silent.delete(expr);
      }
      return silent.size === 0;
    }).catch(() => undefined);
    expect([...silent.values()]).toEqual([]);

    // What Grafana asks for the list of gateways.
    const [, series, label] = /^label_values\((.*), (\w+)\)$/.exec(templating.list.find(({ name }) => name === "instance")!.query)!;
    expect(await answerTo(`label/${label!}/values`, { "match[]": series! })).toEqual([new URL(gateway.controlOrigin).host]);
  });
});
