import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { environment, gatewayFixture, type Environment } from "../support/gateway-fixture.ts";
import { here } from "../support/here.ts";
import { simpul, type Run } from "../support/simpul.ts";

const verbs = [
  "init",
  "serve",
  "demo",
  "apply",
  "keygen",
  "call",
  "verify",
  "audit",
  "doctor",
  "log",
  "restore",
  "evidence-key",
  "profiles",
  "lint",
  "contract",
  "new",
  "try",
  "instance",
  "service",
  "opinion",
  "evidence",
  "exemption",
  "grant",
  "member",
  "subsystem",
  "officer",
  "token",
  "why",
];

const folder = mkdtempSync(join(tmpdir(), "simpul-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A fault is told in Indonesian, in English beside it, and never as a stack. */
function expectTold(run: Run, status: 1 | 2, id: string, en: string): void {
  expect(run).toMatchObject({ status, stdout: "" });
  expect(run.stderr).toContain(id);
  expect(run.stderr).toContain(en);
  expect(run.stderr).not.toMatch(/^\s+at |node:internal|\.ts:\d/m);
}

describe("simpul", () => {
  it.each(verbs)("%s --help says in both languages what it does", async (verb) => {
    const { status, stdout, stderr } = await here([verb, "--help"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const [usage, empty, id, en] = stdout.split("\n");
    expect(usage).toMatch(new RegExp(`^\\./simpul ${verb}( |$)`));
    expect(empty).toBe("");
    expect(id).toMatch(/^[A-Z].{20,}$/);
    expect(en).toMatch(/^\([A-Z].{20,}\)$/);
  });

  it("--help lists every verb", async () => {
    const { status, stdout } = await simpul(["--help"]);
    expect(status).toBe(0);
    for (const verb of verbs) expect(stdout).toMatch(new RegExp(`^  ${verb}( |$)`, "m"));
    expect(await here([])).toMatchObject({ status: 2, stdout: "" });
  });

  it("says one line about a verb that it does not know, with the one that was meant", async () => {
    const { status, stdout, stderr } = await simpul(["verfy"]);
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: "",
      stderr: "Perintah `verfy` tidak dikenal; maksudnya `verify`? (Unknown verb; did you mean `verify`?)\n",
    });
    expect((await here(["constructor"])).status).toBe(2);
  });

  it.each(verbs)("%s refuses an option that it does not know, with its usage", async (verb) => {
    const run = await here([verb, "--tidak-ada"]);
    expectTold(run, 2, "Opsi --tidak-ada tidak dikenal.", "Unknown option --tidak-ada.");
    expect(run.stderr).toContain(`./simpul ${verb}`);
  });

  it.each([
    [["apply", "--services"], "Opsi --services kurang nilainya", "The option --services lacks its value"],
    [["apply", "lain"], "Kata lain tidak pada tempatnya.", "The word lain has no place here."],
    [["serve", "--public-port", "delapan"], '--public-port: "delapan" salah; yang benar: bilangan bulat 0–65535', "an integer 0–65535"],
    [["serve", "--config", "/tidak/ada.yaml"], "--config: berkas `/tidak/ada.yaml` tidak ada", "there is no file"],
    [["keygen"], "--subsystem harus berbentuk", "--subsystem must have the form"],
    [
      ["keygen", "--subsystem", "ID-16.03/GOV/dinsos/bansos", "--alg", "HS256"],
      "--alg harus salah satu dari RS256",
      "--alg must be one of RS256",
    ],
    [["call"], "Sebutkan METHOD dan URL.", "Name METHOD and URL."],
    [["call", "GET", "http://127.0.0.1:1/"], "Sebutkan --subsystem dan --key.", "Name --subsystem and --key."],
    [["verify"], "Sebutkan satu berkas", "Name one file"],
    [["audit"], "Pilih salah satu: --data atau --log.", "Choose one of --data and --log."],
    [["audit", "--log", "127.0.0.1:8080/log/log-1"], "bukan URL log.", "is not the URL of a log."],
    [
      ["audit", "--log", "http://127.0.0.1:1/log/log-1"],
      "--log memerlukan --subsystem dan --key",
      "--log needs an auditor's --subsystem and --key.",
    ],
  ])("%j is misunderstood in words", async (args, id, en) => expectTold(await here(args), 2, id, en));

  const subsystem = ["--subsystem", "ID-16.03/GOV/dinsos/bansos"];
  it.each([
    [
      "apply of no folder",
      ["apply", "--services", "/tidak-ada", "--data", join(folder, "a")],
      "/tidak-ada: tidak ada.",
      "/tidak-ada: does not exist.",
    ],
    ["verify of no file", ["verify", "/tidak/ada"], "/tidak/ada: tidak ada.", "/tidak/ada: does not exist."],
    ["verify of a folder", ["verify", folder], "sebuah folder, bukan berkas.", "is a directory and no file."],
    ["verify of something else", ["verify", import.meta.filename], "tidak memuat tanda terima", "holds no receipt"],
    ["audit of no data", ["audit", "--data", folder], "Tidak ada log yang dapat dibaca di", "There is no readable log in"],
    [
      "audit of data without a log",
      ["audit", "--data", folder, "--vkey", "x"],
      "Tidak ada log yang dapat dibaca di",
      "There is no readable log in",
    ],
    [
      "a key file that is not there",
      ["call", ...subsystem, "--key", "/tidak/ada.pem", "GET", "http://127.0.0.1:1/"],
      "/tidak/ada.pem: tidak ada.",
      "/tidak/ada.pem: does not exist.",
    ],
    [
      "a key file that holds none",
      ["call", ...subsystem, "--key", import.meta.filename, "GET", "http://127.0.0.1:1/"],
      "bukan kunci privat RSA, P-256 atau Ed25519",
      "is not an RSA, P-256 or Ed25519 private key",
    ],
    ["keygen into a file", ["keygen", ...subsystem, "--alg", "ES256", "--out", import.meta.filename], "sudah ada.", "exists already."],
    [
      "serve before init",
      ["serve", "--data", folder],
      "belum berisi instansi. Jalankan: ./simpul init",
      "holds no instance yet. Run: ./simpul init",
    ],
  ])("%s is told in words, and is no misunderstanding", async (_, args, id, en) => expectTold(await here(args), 1, id, en));

  it("tells who cannot reach the gateway so", async () => {
    const pem = join(folder, "kunci.pem");
    execFileSync("openssl", ["genpkey", "-algorithm", "ed25519", "-out", pem], { stdio: "ignore" });
    const nobody = "http://127.0.0.1:1";
    expectTold(
      await here(["call", ...subsystem, "--key", pem, "GET", `${nobody}/r1/a`]),
      1,
      `Gerbang ${nobody} tidak dapat dihubungi (ECONNREFUSED)`,
      `The gateway ${nobody} cannot be reached (ECONNREFUSED)`,
    );
    expectTold(
      await here(["audit", "--log", `${nobody}/log/log-1`, ...subsystem, "--key", pem]),
      1,
      "127.0.0.1:1: tidak ada yang menjawab di sana.",
      "nobody answers there.",
    );
  });
});

describe("simpul serve that cannot start says why, once, and ends", () => {
  let l: Environment;
  let taken: Server;
  const serve = (...more: string[]): Promise<Run> =>
    here([
      "serve",
      "--data",
      l.config.data,
      "--services",
      l.services,
      "--public-port",
      String(l.config.publicPort),
      "--control-port",
      "0",
      "--log-level",
      "silent",
      ...more,
    ]);

  beforeAll(async () => {
    l = await environment();
    taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  });
  afterAll(async () => {
    taken.close();
    await l.close();
  });

  it("when a port is taken", async () => {
    const { port } = taken.address() as AddressInfo;
    const origin = ["--public-origin", l.publicOrigin];
    expectTold(
      await serve(...origin, "--public-port", String(port)),
      1,
      `Port ${port} pada 127.0.0.1 sudah dipakai program lain`,
      `Port ${port} on 127.0.0.1 is taken by another program; stop it or choose another --public-port.`,
    );
    expectTold(await serve("--control-port", String(port)), 1, `Port ${port} pada 127.0.0.1`, "choose another --control-port.");
  });

  it("when the public origin has changed, with the reason", async () => {
    const run = await serve("--public-origin", "https://simpul.example.go.id");
    expectTold(
      run,
      1,
      `dibuat dengan public origin ${l.publicOrigin}, sekarang https://simpul.example.go.id.`,
      "Consumers sign it and every leaf carries it, so it cannot change",
    );
    expectTold(await serve("--log-name", "log-2"), 1, "dibuat dengan log name log-1, sekarang log-2.", "was made with the log name log-1");
  });

  it("when the log is another process's", async () => {
    const holder = await gatewayFixture({ continues: l });
    expectTold(await serve(), 1, "sedang dipakai proses lain", "is in use by another process; stop that one first");
    await holder.close();
  });

  it("when nothing was applied", async () => {
    const begun = mkdtempSync(join(folder, "empty-"));
    const empty = `sqlite:${begun}`;
    expectTold(
      await serve("--registry", empty, "--ledger", empty, "--remembered", join(begun, "remembered.note")),
      1,
      "Registri masih kosong. Jalankan: ./simpul apply",
      "The registry is empty.",
    );
  });

  it("when the registry is gone by which the log went", async () => {
    const empty = `sqlite:${mkdtempSync(join(folder, "empty-"))}`;
    expectTold(await serve("--registry", empty), 1, "Jangan jalankan apply dari awal", "Do not apply anew");
  });

  it("when a file is not what it must be", async () => {
    const broken = mkdtempSync(join(folder, "broken-"));
    for (const name of ["registry.sqlite", "ledger.sqlite"]) writeFileSync(join(broken, name), "bukan basis data ".repeat(500));
    expectTold(
      await serve("--registry", `sqlite:${broken}`),
      1,
      "registry.sqlite rusak atau bukan basis data",
      "registry.sqlite is damaged or no database",
    );
    expectTold(await serve("--ledger", `sqlite:${broken}`), 1, "rusak atau bukan basis data", "is damaged or no database");
    expectTold(await serve("--ledger", "sqlite:/tidak/ada"), 1, "/tidak/ada/ledger.lease: tidak ada", "does not exist");
  });

  it("when the log's key is open to others, is another one, or is none", async () => {
    const file = join(l.config.data, "log.key");
    const key = readFileSync(file);
    chmodSync(file, 0o644);
    expectTold(await serve(), 1, "dapat dibaca pihak lain (mode 0644); jalankan chmod 600", "is open to others (mode 0644); run chmod 600");
    chmodSync(file, 0o600);
    writeFileSync(file, readFileSync(join(l.config.data, "instance.key")));
    expectTold(await serve(), 1, "Kepala log ditandatangani dengan kunci lain", "The log's head is signed by another key");
    writeFileSync(file, "bukan kunci");
    expectTold(await serve(), 1, "bukan kunci privat Ed25519", "is not an Ed25519 private key");
    writeFileSync(file, key);
  });
});

describe("simpul init", () => {
  const init = (data: string): Promise<Run> => here(["init", "--data", data, "--public-origin", "https://simpul.example.go.id"]);

  it("makes keys that only their owner can read, and is not done twice", async () => {
    const data = join(folder, "instance");
    const made = await init(data);
    expect(made).toMatchObject({ status: 0, stderr: "" });
    expect(made.stdout).toMatch(
      /^log {4}simpul\.example\.go\.id\/log\/log-1\nvkey {3}simpul\.example\.go\.id\/log\/log-1\+[0-9a-f]{8}\+\S{44}$/m,
    );
    expect(made.stdout).toMatch(/^\/logs {2}simpul\.example\.go\.id\/logs\+[0-9a-f]{8}\+\S{44}$/m);
    for (const name of ["log.key", "instance.key", "evidence.key"]) expect(modeOf(join(data, name))).toBe("600");
    expect(modeOf(data)).toBe("700");
    expectTold(await init(data), 1, "sudah berisi instansi", "already holds an instance");
  });

  it("overwrites no key, whatever else is gone", async () => {
    const data = join(folder, "interrupted");
    await init(data);
    const key = readFileSync(join(data, "log.key"));
    rmSync(join(data, "instance.json"));
    expectTold(await init(data), 1, "log.key sudah ada, tetapi instance.json tidak.", "log.key exists, but instance.json does not.");
    expect(readFileSync(join(data, "log.key"))).toEqual(key);
  });
});

describe("simpul keygen", () => {
  it("makes keys that only their owner can read, with proofs that apply accepts", async () => {
    const out = mkdtempSync(join(folder, "keys-"));
    const services = join(out, "services");
    mkdirSync(join(services, "dinsos/bansos/keys"), { recursive: true });
    const kids: string[] = [];
    for (const alg of ["RS256", "PS256", "ES256", "Ed25519"]) {
      const { status, stdout } = await here(["keygen", "--subsystem", "ID-16.03/GOV/dinsos/bansos", "--alg", alg, "--out", out]);
      expect(status).toBe(0);
      const [, kid, made, name] = /^kid {4}(\S{43})\nalg {4}(\S+)\n\S*\/(bansos-\w+)\.pem /.exec(stdout)!;
      expect(made).toBe(alg);
      expect(modeOf(join(out, `${name}.pem`))).toBe("600");
      writeFileSync(join(services, `dinsos/bansos/keys/${name}.jwt`), readFileSync(join(out, `${name}.jwt`)));
      kids.push(kid!);
    }
    writeFileSync(join(services, "instance.yaml"), "instance: ID-16.03\nname: Kabupaten Uji\ntimeZone: Asia/Jakarta\n");
    writeFileSync(
      join(services, "dinsos/member.yaml"),
      "class: GOV\nname: Dinas Sosial\ncontact: { name: Meja, email: tik@example.go.id }\n",
    );
    writeFileSync(join(services, "dinsos/bansos/subsystem.yaml"), "name: Bansos\n");
    const applied = await here(["apply", "--data", join(out, "data"), "--services", services]);
    expect(applied).toMatchObject({ status: 0, stderr: "" });
    for (const kid of kids) expect(applied.stdout).toContain(`  + key ${kid}\n`);
  });
});

const modeOf = (path: string): string => execFileSync("stat", ["-c", "%a", path], { encoding: "utf8" }).trim();

/** This Node with an older version's name, and an older one where this machine has it. */
const pretender = [
  process.execPath,
  "--import",
  `data:text/javascript,${encodeURIComponent('Object.defineProperty(process, "versions", { value: { node: "22.1.0" } });')}`,
];
const older = ["/usr/bin/node", "/usr/local/bin/node"].filter(
  (node) => Number(/^v(\d+)\./.exec(spawnSync(node, ["--version"], { encoding: "utf8" }).stdout ?? "")?.[1] ?? 99) < 24,
);
test.each([pretender, ...older.map((node) => [node])])("an older node gets one clear line: %s", (node, ...flags) => {
  const { status, stdout, stderr } = spawnSync(node, [...flags, fileURLToPath(new URL("../../src/simpul.mjs", import.meta.url)), "serve"], {
    encoding: "utf8",
  });
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^Simpul memerlukan Node 24 atau lebih baru, ini v\d+\.\d+\.\d+\..*\n\(Simpul needs Node 24 or newer.*\)\n$/);
});
