import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Config, ConfigFault, configFlags, type ConfigurationFault, readConfig, type Sources } from "../../src/config/config.ts";
import { configurationPage } from "../../src/config/page.ts";

let cwd: string;
beforeEach(() => (cwd = mkdtempSync(join(tmpdir(), "simpul-config-"))));
afterEach(() => rmSync(cwd, { recursive: true }));

const read = (sources: Sources = {}): Config => readConfig({ env: {}, cwd, ...sources }).config;
const write = (text: string, name = "simpul.yaml") => writeFileSync(join(cwd, name), text);

function faultsOf(sources: Sources): readonly ConfigurationFault[] {
  try {
    readConfig({ env: {}, cwd, ...sources });
  } catch (error) {
    if (error instanceof ConfigFault) return error.faults;
    throw error;
  }
  return [];
}

const english = (sources: Sources) => faultsOf(sources).map(({ at, detail }) => `${at}: ${detail.en}`);

describe("where a value comes from", () => {
  test("without anything set the gateway serves loopback from ./data", () => {
    expect(read()).toMatchObject({
      data: join(cwd, "data"),
      publicHost: "127.0.0.1",
      publicPort: 8080,
      publicOrigin: "http://127.0.0.1:8080",
      controlPort: 9090,
      intra: ["127.0.0.0/8", "::1/128"],
      ledger: { scheme: "sqlite", directory: join(cwd, "data") },
      maxHeadBytes: 16384,
      maxReplayEntries: 1_000_000,
      gatheredRefusalsPerMinute: 60,
    });
  });

  test("the command line wins over the environment, the environment over the file, the file over the default", () => {
    write("public-port: 1111\ncontrol-port: 1112\ndrainGraceMs: 1113\n");
    const sources: Sources = { env: { SIMPUL_PUBLIC_PORT: "2221", SIMPUL_CONTROL_PORT: "2222" }, flags: { "public-port": "3331" } };
    const { config, origins } = readConfig({ cwd, ...sources });
    expect([config.publicPort, config.controlPort, config.drainGraceMs, config.idleTimeoutMs]).toEqual([3331, 2222, 1113, 60_000]);
    expect(Object.fromEntries(origins)).toEqual({
      publicPort: "--public-port",
      controlPort: "SIMPUL_CONTROL_PORT",
      drainGraceMs: "simpul.yaml:3:15",
    });
  });

  test("a default follows the value that it is made of", () => {
    const config = read({ flags: { "public-port": "8443", data: "elsewhere" } });
    expect(config.publicOrigin).toBe("http://127.0.0.1:8443");
    expect(config.registry.directory).toBe(join(cwd, "elsewhere"));
  });

  test("the file is found by --config and by SIMPUL_CONFIG, and its relative paths begin beside it", () => {
    const other = mkdtempSync(join(tmpdir(), "simpul-config-"));
    writeFileSync(join(other, "gate.yaml"), "data: store\nintra: [10.16.0.0/16, fd00::/8]\n");
    const expected = { data: join(other, "store"), intra: ["10.16.0.0/16", "fd00::/8"] };
    expect(read({ flags: { config: join(other, "gate.yaml") } })).toMatchObject(expected);
    expect(read({ env: { SIMPUL_CONFIG: join(other, "gate.yaml") } })).toMatchObject(expected);
    rmSync(other, { recursive: true });
  });

  test("parseArgs takes configFlags beside a verb's own options", () => {
    const { values } = parseArgs({ args: ["--once", "--public-port=81"], options: { ...configFlags, once: { type: "boolean" } } });
    const { once, ...flags } = values as { once?: boolean } & Record<string, string>;
    expect([once, read({ flags }).publicPort]).toEqual([true, 81]);
  });
});

describe("what is wrong", () => {
  test("is told all at once, from every source, with the place and what would be right", () => {
    write("public-port: eighty\nlog-level: INFO\ndrain-grace:\n  ms: 5\n");
    expect(
      english({
        env: { SIMPUL_MAX_CONNECTIONS: "1e9", SIMPUL_MAX_CONECTIONS: "5", HOME: "/root" },
        flags: { "ledger-thread": "both", "log-lvl": "info" },
      }),
    ).toEqual([
      "simpul.yaml:4:3: `drain-grace` needs a value or a list of values",
      'simpul.yaml:1:14: "eighty" is wrong; right would be an integer 0–65535',
      '--ledger-thread: "both" is wrong; right would be one of `main`, `worker`',
      'SIMPUL_MAX_CONNECTIONS: "1e9" is wrong; right would be an integer 1–65535',
      'simpul.yaml:2:12: "INFO" is wrong; right would be one of `silent`, `error`, `warn`, `info`, `debug`; did you mean `info`?',
      "SIMPUL_MAX_CONECTIONS: `SIMPUL_MAX_CONECTIONS` is unknown; did you mean `SIMPUL_MAX_CONNECTIONS`?",
      "--log-lvl: `--log-lvl` is unknown; did you mean `--log-level`?",
    ]);
  });

  test("is a fault also where a stronger source hides it", () => {
    expect(english({ env: { SIMPUL_PUBLIC_PORT: "x" }, flags: { "public-port": "80", "public-origin": "http://a.example" } })).toHaveLength(
      1,
    );
  });

  test("reads Indonesian first in the message", () => {
    expect(() => read({ flags: { "public-port": "" } })).toThrow(
      '--public-port: "" salah; yang benar: bilangan bulat 0–65535\n  ("" is wrong',
    );
  });

  test.each([
    ["SIMPUL_PORT", "SIMPUL_PUBLIC_PORT"],
    ["SIMPUL_DATA_DIR", undefined],
    ["SIMPUL_LOGNAME", "SIMPUL_LOG_NAME"],
  ])("an unknown variable %s suggests %s", (name, meant) => {
    expect(english({ env: { [name]: "1" } })).toEqual([
      `${name}: \`${name}\` is unknown; ${meant === undefined ? "see docs/configuration.md" : `did you mean \`${meant}\`?`}`,
    ]);
  });

  test.each([
    ["a list at the top", "- a\n", "simpul.yaml:1:1: must be a mapping of names to values"],
    ["broken YAML", "data: [a\n", /^simpul\.yaml:\d+:\d+: /],
    ["a key twice", "data: a\ndata: b\n", /^simpul\.yaml:2:1: .*unique/],
    ["a key in both spellings", "public-port: 81\npublicPort: 82\n", "simpul.yaml:2:13: `public-port` is given above already"],
    ["a key without value", "data:\n", /^simpul\.yaml:1:\d+: `data` needs a value/],
    ["an unknown key", "data: a\npublik-port: 81\n", "simpul.yaml:2:14: `publik-port` is unknown; did you mean `public-port`?"],
  ])("in the file: %s", (_, text, fault) => {
    write(text);
    expect(english({})).toEqual([typeof fault === "string" ? fault : expect.stringMatching(fault)]);
  });

  test("a file that was asked for and is not there", () => {
    expect(english({ flags: { config: "none.yaml" } })).toEqual(["--config: there is no file `none.yaml`"]);
  });

  test("one port for two listeners", () => {
    expect(english({ flags: { "public-port": "81", "control-port": "81" } })).toEqual([
      "SIMPUL_CONTROL_PORT: port 81 is the consumers' port; choose another",
    ]);
    expect(english({ flags: { "public-port": "0", "control-port": "0" } })).toEqual([]);
  });
});

describe("forms", () => {
  test.each([
    ["https://simpul.example.go.id/", "https://simpul.example.go.id"],
    ["https://Simpul.example.go.id", "https://simpul.example.go.id"],
    ["https://simpul.example.go.id:443", "https://simpul.example.go.id"],
    ["http://127.0.0.1:80", "http://127.0.0.1"],
    ["http://a.example/r1", "http://a.example"],
    ["http://user@a.example", "http://a.example"],
    ["ftp://a.example", undefined],
    ["a.example", undefined],
  ])("the public origin %s is refused and %s suggested", (text, meant) => {
    const [fault, ...others] = english({ flags: { "public-origin": text } });
    expect(others).toEqual([]);
    expect(fault).toContain(`"${text}" is wrong`);
    expect(/did you mean `(.*)`/.exec(fault!)?.[1]).toBe(meant);
  });

  test.each(["postgres://db/simpul", "sqlite", "sqlite:", "sqlite://host/data", "mysql:x"])(
    "the store %s is refused with what would be right",
    (text) => {
      expect(english({ flags: { ledger: text } })).toEqual([
        `--ledger: "${text}" is wrong; right would be \`sqlite:<directory>\`; \`postgres:\` comes with a later version`,
      ]);
    },
  );

  test.each(["10.0.0.0", "10.0.0.0/33", "10.0.0/8", "::1/129", "0x7f.0.0.1/8", "fe80::1%eth0/64", "10.0.0.0/8,", "10.0.0.0/08"])(
    "%s is no CIDR list",
    (text) => {
      expect(english({ flags: { intra: text } })).toHaveLength(1);
    },
  );

  test.each(["01", "+1", "1.0", "1_000", " 1", "65536", "-1", "0x10", ""])("%j is no port", (text) => {
    expect(english({ flags: { "control-port": text } })).toHaveLength(1);
  });
});

test("docs/configuration.md is the page that the table generates", async () => {
  await expect(configurationPage()).toMatchFileSnapshot("../../docs/configuration.md");
});
