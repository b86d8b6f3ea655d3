import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claimsFor, signStatement } from "../../src/trust/sign.ts";
import { python3 } from "../support/python.ts";
import { consumer, gatewayFixture, purpose, record, service, type GatewayFixture } from "../support/gateway-fixture.ts";

const pages = new URL("../../docs/clients/", import.meta.url);

const passes = (program: string, ...parameters: readonly string[]): boolean => spawnSync(program, parameters).status === 0;

/** By module a Python that has it: Debian's, where the one on the path has it not. */
const pythons = new Map<string, string>();
function pythonWith(module: string): string {
  const known = pythons.get(module);
  if (known !== undefined) return known;
  const found = [python3, "/usr/bin/python3"].find((python) => passes(python, "-c", `import ${module}`)) ?? python3;
  pythons.set(module, found);
  return found;
}

interface Run {
  /** The command before the file of the snippet. */
  readonly command: (library: string) => readonly string[];
  readonly suffix: string;
  /** Exits 0 where the snippet can run. */
  readonly probe: (library: string) => readonly [string, ...string[]];
}

const perlModule: Readonly<Record<string, string>> = { LWP: "LWP::UserAgent" };

/** How the blocks of each language are run. Blocks of other languages are not: their pages say so. */
const runs: Readonly<Record<string, Run>> = {
  php: {
    command: () => ["php"],
    suffix: "php",
    probe: (library) => ["php", "-r", `exit((int) !extension_loaded('${library === "ext-curl" ? "curl" : "standard"}'));`],
  },
  python: {
    command: (library) => [pythonWith(library)],
    suffix: "py",
    probe: (library) => [pythonWith(library), "-c", `import ${library}`],
  },
  java: { command: () => ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"], suffix: "java", probe: () => ["javac", "-version"] },
  js: { command: () => [process.execPath], suffix: "mjs", probe: () => [process.execPath, "-v"] },
  sh: { command: () => ["bash"], suffix: "sh", probe: () => ["curl", "-V"] },
  ruby: { command: () => ["ruby"], suffix: "rb", probe: () => ["ruby", "-v"] },
  perl: { command: () => ["perl"], suffix: "pl", probe: (library) => ["perl", `-M${perlModule[library] ?? library}`, "-e", "1"] },
};

const snippets = readdirSync(pages)
  .filter((name) => name.endsWith(".md"))
  .flatMap((page) =>
    [...readFileSync(new URL(page, pages), "utf8").matchAll(/^## (.+)\n\n```(\w+)\n([^]*?)^```$/gm)].flatMap(
      ([, library, language, code]) => {
        const run = runs[language!];
        return run === undefined ? [] : [{ page, library: library!, code: code!, run }];
      },
    ),
  );

/** A record is withdrawn by a POST without content, and read with a space in the query. */
const further = {
  "/catatan/{nomor}/penarikan": {
    parameters: [{ name: "nomor", in: "path", required: true, schema: { type: "integer" } }],
    post: { operationId: "tarikCatatan", responses: { "204": { description: "Ditarik" } } },
  },
  "/cari": {
    get: {
      operationId: "cariCatatan",
      parameters: [{ name: "nama", in: "query", required: true, schema: { type: "string", pattern: "^[A-Z ]+$" } }],
      responses: { "204": { description: "Tidak ada" } },
    },
  },
};

let w: GatewayFixture;
const folder = mkdtempSync(join(tmpdir(), "simpul-snippets-"));
beforeAll(async () => {
  w = await gatewayFixture();
  const contract = join(w.services, "disdukcapil/siak/warga/v1/openapi.yaml");
  const document = JSON.parse(readFileSync(contract, "utf8")) as { paths: object };
  writeFileSync(contract, JSON.stringify({ ...document, paths: { ...document.paths, ...further } }));
  const grants = join(w.services, "dinsos/bansos/subsystem.yaml");
  writeFileSync(grants, readFileSync(grants, "utf8").replace("[getCatatan,", "[tarikCatatan, cariCatatan, getCatatan,"));
  w.respondWith((seen, _, response) => {
    if (seen.method === "POST" && seen.content.length > 0)
      response.writeHead(201, { "Content-Type": "application/json" }).end(seen.content);
    else response.writeHead(204).end();
  });
  await w.apply();
});
afterAll(async () => {
  await w.close();
  rmSync(folder, { recursive: true });
});

interface Wanted {
  readonly method: string;
  readonly below: string;
  readonly content?: Buffer;
  readonly signedFor?: string;
}

/** What the snippet prints for one request that is signed for it. */
async function send(snippet: (typeof snippets)[number], { method, below, content, signedFor = below }: Wanted): Promise<string> {
  const target = `/r1/${service}${signedFor}`;
  const nowSeconds = Math.floor(w.clock() / 1000);
  const of = content === undefined ? {} : { content, contentType: "application/json" };
  const claims = claimsFor({ iss: consumer, aud: w.publicOrigin, method, target, purpose, nowSeconds, ...of });
  const file = join(folder, `kirim.${snippet.run.suffix}`);
  writeFileSync(file, snippet.code);
  const [program, ...flags] = snippet.run.command(snippet.library);
  const url = `${w.publicOrigin}/r1/${service}${below}`;
  const request = [method, url, claims.digest, signStatement(claims, w.keys[consumer]!)];
  const running = spawn(program!, [...flags, file, ...request, ...(content === undefined ? [] : ["application/json", content.toString()])]);
  let said = "";
  for (const stream of [running.stdout, running.stderr]) stream.on("data", (bytes) => (said += String(bytes)));
  await once(running, "close");
  return said;
}

it("each page whose snippets no test runs says so", () => {
  for (const page of readdirSync(pages).filter((name) => name.endsWith(".md"))) {
    const text = readFileSync(new URL(page, pages), "utf8");
    const runByTest = snippets.some((snippet) => snippet.page === page);
    expect([page, text.includes("Each snippet is run by a test of this project.")]).toEqual([page, runByTest]);
  }
});

for (const snippet of snippets)
  describe.skipIf(!passes(...snippet.run.probe(snippet.library)))(`${snippet.library} as docs/clients/${snippet.page} has it`, () => {
    it("reads with a space in the query, sends content, sends none, and tells who refused", async () => {
      const printed = [
        await send(snippet, { method: "GET", below: "/cari?nama=SITI%20UMPAMA" }),
        await send(snippet, { method: "POST", below: "/catatan", content: record }),
        await send(snippet, { method: "POST", below: "/catatan/1/penarikan" }),
        await send(snippet, { method: "GET", below: "/cari?nama=SITI", signedFor: "/cari?nama=BUDI" }),
      ];
      expect(printed).toEqual(["204 -\n", "201 -\n", "204 -\n", "401 statement-invalid\n"]);
      const last = w.received.slice(-3);
      expect(last.map(({ method, target }) => `${method} ${target}`)).toEqual([
        "GET /cari?nama=SITI%20UMPAMA",
        "POST /catatan",
        "POST /catatan/1/penarikan",
      ]);
      expect(last.map(({ rawHeaders }) => rawHeaders.some((name) => name.toLowerCase() === "content-type"))).toEqual([false, true, false]);
    });
  });
