import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { freePort } from "../../src/base/free-port.ts";
import { parseReceipt } from "../../src/ledger/receipt.ts";
import { consumer, gatewayFixture, purpose, type GatewayFixture } from "../support/gateway-fixture.ts";
import { here } from "../support/here.ts";
import { eventually } from "../support/patience.ts";

const at = (name: string): string => join(import.meta.dirname, "applications", name);
// Debian's packages are those of the system's own Python.
const debianPython = "/usr/bin/python3";

interface Call {
  readonly method: string;
  readonly target: string;
  readonly content?: string;
  readonly contentType?: string;
  readonly hdr?: Readonly<Record<string, string>>;
}

interface Application {
  readonly name: string;
  readonly needs: readonly [string, ...string[]];
  readonly start: (port: number, folder: string) => ChildProcess;
  /** What it generates, byte for byte. */
  readonly contract: (origin: string) => Promise<Buffer>;
  readonly ready: string;
  readonly basePath: string | undefined;
  /** How often `try` finds an answer that breaks the contract. */
  readonly broken: number;
  readonly calls: readonly (readonly [Call, number, RegExp])[];
}

const form = (name: string): string => `--x\r\nContent-Disposition: form-data; name="${name}"; filename="a.txt"\r\n\r\nisi\r\n--x--\r\n`;
const upload = (target: string, name = "berkas"): Call => ({
  method: "POST",
  target,
  content: form(name),
  contentType: "multipart/form-data; boundary=x",
});
const applications: readonly Application[] = [
  {
    name: "FastAPI",
    needs: [debianPython, "-c", "import fastapi, uvicorn, multipart"],
    start: (port) => spawn(debianPython, ["-B", at("izin.py"), String(port)], { stdio: ["ignore", "ignore", "inherit"] }),
    contract: async (origin) => Buffer.from(await (await fetch(`${origin}/openapi.json`)).arrayBuffer()),
    ready: "/openapi.json",
    basePath: undefined,
    broken: 1,
    calls: [
      [{ method: "GET", target: "/izin/?status=terbit&jenis=a&jenis=b&sejak=2026-01-31" }, 200, /"total":2/],
      [{ method: "GET", target: "/izin/", hdr: { "X-Unit": "PTSP" } }, 200, /"total":2/],
      [{ method: "POST", target: "/izin/", content: '{"jenis":"SIUP","pemohon":{"nama":"Warung"}}' }, 201, /"id":3/],
      [{ method: "POST", target: "/izin/", content: '{"jenis":7}' }, 422, /request-invalid/],
      [{ method: "GET", target: "/izin/2" }, 200, /"dibuat":"2026-01-31T08:00:00\+00:00"/],
      [{ method: "GET", target: "/izin/9" }, 404, /"Izin tidak ada"/],
      [{ method: "DELETE", target: "/izin/2" }, 204, /^$/],
      [upload("/izin/2/berkas"), 200, /"ukuran":3/],
      [upload("/izin/2/berkas", "bukan"), 422, /value_error\.missing/],
      [{ method: "GET", target: "/lengkap/1" }, 502, /response-invalid.*\/luas/],
    ],
  },
  {
    name: "Laravel",
    needs: ["php", "-r", "exit((int) !stream_resolve_include_path('Illuminate/autoload.php'));"],
    start: (port, folder) =>
      spawn("php", ["-d", "display_errors=0", "-S", `127.0.0.1:${port}`, at("izin.php")], {
        stdio: "ignore",
        env: { PATH: "/usr/bin:/bin", APP_FOLDER: folder },
      }),
    // Of the kind that Scramble generates, which neither Debian nor npm has.
    contract: () => Promise.resolve(readFileSync(at("izin.json"))),
    ready: "/api/v1/izin/1",
    basePath: "/api/v1",
    broken: 0,
    calls: [
      [{ method: "GET", target: "/izin?per_page=5" }, 200, /"per_page":5/],
      [{ method: "POST", target: "/izin", content: '{"jenis":"SIUP","luas":12.5}' }, 201, /"id":3/],
      [{ method: "POST", target: "/izin", content: '{"luas":12.5}' }, 422, /request-invalid/],
      [{ method: "GET", target: "/izin/2" }, 200, /"created_at":"2026-01-31T01:00:00\.000000Z"/],
      [{ method: "GET", target: "/izin/9" }, 404, /Izin tidak ada/],
      [{ method: "DELETE", target: "/izin/2" }, 204, /^$/],
      [upload("/izin/2/berkas"), 200, /"ukuran":3/],
      [upload("/izin/2/berkas", "bukan"), 422, /"errors"/],
    ],
  },
];

const canRun = ({ needs: [program, ...words] }: Application): boolean => spawnSync(program, words, { stdio: "ignore" }).status === 0;

for (const application of applications)
  describe.skipIf(!canRun(application))(`a ${application.name} application and the contract that it generates`, () => {
    const folder = mkdtempSync(join(tmpdir(), "simpul-application-"));
    const file = join(folder, "api.json");
    let w: GatewayFixture;
    let child: ChildProcess;
    let origin: string;
    let given: Buffer;
    beforeAll(async () => {
      const port = await freePort();
      origin = `http://127.0.0.1:${port}`;
      child = application.start(port, folder);
      w = await gatewayFixture();
      await eventually(() =>
        fetch(origin + application.ready).then(
          ({ status }) => status === 200,
          () => false,
        ),
      );
      given = await application.contract(origin);
      writeFileSync(file, given);
    });
    afterAll(async () => {
      const ended = once(child, "exit");
      child.kill();
      await ended;
      await w.close();
      rmSync(folder, { recursive: true });
    });

    it("is judged, tried against the application itself, registered without a change, and called with receipts", async () => {
      const judged = await here(["lint", file, "--profile", "muara-enim-52-2022", "--json"]);
      expect(judged.stdout).not.toContain("apply: ");

      const tried = await here(["try", "--once", "--upstream", origin, "--log-level", "error", file]);
      expect(tried.stderr).toBe("");
      expect(tried.stdout.match(/^✗/gm)?.length ?? 0, tried.stdout).toBe(application.broken);
      expect(tried.stdout).not.toContain("tanda terima tidak ada");

      const place = "disdukcapil/siak/izin/v1";
      const more = ["--contract", file, "--upstream", origin, "--services", w.services];
      const made = await here(["new", "service", place, ...more]);
      expect(made).toMatchObject({ status: 0, stderr: "" });
      const home = join(w.services, place);
      expect(readFileSync(join(home, "openapi.yaml"))).toEqual(given);
      const manifest = parse(readFileSync(join(home, "service.yaml"), "utf8")) as Record<string, unknown>;
      expect(manifest).toMatchObject({ title: "Perizinan", description: "Permohonan izin usaha mikro di kabupaten." });
      expect(manifest["basePath"]).toBe(application.basePath);
      writeFileSync(join(home, "service.yaml"), stringify({ ...manifest, upstream: origin }));
      grantAll(w.services, (await here(["contract", "show", file])).stdout);
      await w.apply();

      for (const [{ method, target, content, contentType, hdr }, status, answer] of application.calls) {
        const sent = await w.call({
          method,
          target: `/r1/ID-16.03/GOV/${place}${target}`,
          ...(content === undefined ? {} : { content: Buffer.from(content), contentType: contentType ?? "application/json" }),
          ...(hdr === undefined ? {} : { hdr }),
          // Laravel answers a browser with pages and redirects; an API says what it takes.
          fields: { Prefer: "receipt=full", Accept: "application/json" },
        });
        expect([method, target, sent.status, sent.answer.toString()]).toEqual([method, target, status, expect.stringMatching(answer)]);
        expect(parseReceipt(sent.fields["spl-receipt"] ?? ""), target).toBeDefined();
      }
    });

    if (application.broken === 0) return;
    it("answers as it is while what breaks the contract is only counted", async () => {
      const manifest = join(w.services, "disdukcapil/siak/izin/v1/service.yaml");
      writeFileSync(manifest, `${readFileSync(manifest, "utf8")}validation: { responses: report }\n`);
      await w.apply();
      const sent = await w.call({ target: "/r1/ID-16.03/GOV/disdukcapil/siak/izin/v1/lengkap/1" });
      expect([sent.status, sent.answer.toString()]).toEqual([200, expect.stringContaining('"luas":null')]);
    });
  });

/** A grant for every operation of the contract, for the fixture's consumer. */
function grantAll(services: string, contract: string): void {
  const { paths } = JSON.parse(contract) as { paths: Record<string, Record<string, { operationId: string }>> };
  const operations = Object.values(paths).flatMap((item) => Object.values(item).map(({ operationId }) => operationId));
  const [, , member, subsystem] = consumer.split("/") as [string, string, string, string];
  const file = join(services, member, subsystem, "subsystem.yaml");
  const manifest = parse(readFileSync(file, "utf8")) as { grants: readonly { from: string }[] };
  const grant = {
    ...manifest.grants[0],
    id: "uji-izin",
    service: "ID-16.03/GOV/disdukcapil/siak/izin/v1",
    operations,
    purpose,
  };
  writeFileSync(file, stringify({ ...manifest, grants: [...manifest.grants, grant] }));
}
