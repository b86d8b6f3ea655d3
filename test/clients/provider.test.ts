import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../src/base/bytes.ts";
import { formatDigest } from "../../src/trust/content-digest.ts";
import { checkReceipt } from "../../src/verify/check-receipt.ts";
import { parseReceipt } from "../../src/ledger/receipt.ts";
import { generateSigningKey, proveKey } from "../../src/trust/key-proof.ts";
import { claimsFor, signJws, signStatement, type SigningKey } from "../../src/trust/sign.ts";
import { leafOf, shoot, sign } from "../support/wire.ts";
import { python3 } from "../support/python.ts";
import { eventually } from "../support/patience.ts";
import {
  consumer,
  provider,
  purpose,
  record,
  service,
  stranger,
  gatewayFixture,
  type ReceivedCall,
  type GatewayFixture,
} from "../support/gateway-fixture.ts";
import { freePort } from "../../src/base/free-port.ts";

const at = (file: string): string => fileURLToPath(new URL(`../../docs/providers/${file}`, import.meta.url));
interface Program {
  readonly file: string;
  readonly needs: readonly (readonly [string, ...string[]])[];
  readonly start: (told: { port: number; gateway: string; key: string; folder: string; base?: string }) => ChildProcess;
}
const programs: readonly Program[] = [
  {
    file: "provider.py",
    needs: [
      ["python3", "--version"],
      ["openssl", "version"],
    ],
    start: ({ port, gateway, key, base }) =>
      spawn(python3, [at("provider.py"), String(port), gateway, service, key, ...(base === undefined ? [] : [base])], {
        stdio: ["ignore", "ignore", "inherit"],
        detached: true,
      }),
  },
  {
    file: "provider.php",
    needs: [["php", "-r", "exit((int) !(extension_loaded('openssl') && extension_loaded('sodium')));"]],
    start: ({ port, gateway, key, folder, base }) =>
      spawn("php", ["-d", "display_errors=0", "-d", "log_errors=0", "-S", `127.0.0.1:${port}`, at("provider.php")], {
        stdio: "ignore",
        detached: true,
        env: {
          PATH: "/usr/bin:/bin",
          SPL_GATEWAY: gateway,
          SPL_SERVICE: service,
          SPL_KEY: key,
          SPL_SEEN: folder,
          ...(base === undefined ? {} : { SPL_BASE_PATH: base }),
          PHP_CLI_SERVER_WORKERS: "4",
        },
      }),
  },
];
const canRun = ({ needs }: Program): boolean => needs.every(([name, ...rest]) => spawnSync(name, rest, { stdio: "ignore" }).status === 0);

/** Until it refuses who comes past the gateway. */
const untilReady = (port: number): Promise<unknown> =>
  eventually(() =>
    fetch(`http://127.0.0.1:${port}/`).then(
      ({ status }) => status === 401,
      () => false,
    ),
  );

/** With its workers: each program leads a process group of its own. */
async function stop(child: ChildProcess): Promise<void> {
  process.kill(-child.pid!, "SIGTERM");
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

interface Told {
  readonly status: number;
  readonly fields: readonly string[];
  readonly content: Buffer;
}

/** Asks a program as the gateway does, field by field. */
function ask(port: number, { method, target, rawHeaders, content }: ReceivedCall): Promise<Told> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest({
      host: "127.0.0.1",
      port,
      method,
      path: target,
      headers: rawHeaders.filter((_, i) => !/^(?:host|connection)$/i.test(rawHeaders[i - (i % 2)]!)),
      agent: false,
      setHost: true,
    });
    asked.on("error", reject);
    asked.on("response", (answer: IncomingMessage) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => resolve({ status: answer.statusCode!, fields: answer.rawHeaders, content: Buffer.concat(chunks) }));
    });
    asked.end(content);
  });
}

for (const program of programs)
  describe.skipIf(!canRun(program))(`a provider with ${program.file} behind a real gateway`, () => {
    let w: GatewayFixture;
    let child: ChildProcess;
    let port: number;
    let folder: string;
    /** What happens to a request or an answer on its way between gateway and provider. */
    let onTheWay: { readonly request?: (seen: ReceivedCall) => ReceivedCall; readonly answer?: (told: Told) => Told } = {};
    const asked: ReceivedCall[] = [];
    const consumerKeys: Record<string, SigningKey> = {};

    beforeAll(async () => {
      w = await gatewayFixture({ serviceManifest: "providerSignature: required\n" });
      folder = mkdtempSync(join(tmpdir(), "simpul-provider-"));
      for (const alg of ["RS256", "PS256", "Ed25519"] as const) {
        const key = (consumerKeys[alg] = generateSigningKey(alg));
        writeFileSync(
          join(w.services, `dinsos/bansos/keys/${alg}.jwt`),
          `${proveKey(key, consumer, "ID-16.03", Math.floor(Date.now() / 1000))}\n`,
        );
      }
      await w.apply();
      consumerKeys["ES256"] = w.keys[consumer]!;
      const key = join(folder, "key.pem");
      writeFileSync(key, w.keys[provider]!.privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
      mkdirSync(join(folder, "seen"), { mode: 0o700 });
      port = await freePort();
      child = program.start({ port, gateway: w.publicOrigin, key, folder: join(folder, "seen") });
      await untilReady(port);
      w.respondWith((seen, _, response) => {
        const request = onTheWay.request?.(seen) ?? seen;
        asked.push(request);
        void ask(port, request).then(
          (told) => {
            const { status, fields, content } = onTheWay.answer?.(told) ?? told;
            response
              .writeHead(
                status,
                fields.filter((_, i) => !/^(?:connection|content-length|transfer-encoding)$/i.test(fields[i - (i % 2)]!)),
              )
              .end(seen.method === "HEAD" ? undefined : content);
          },
          () => response.destroy(),
        );
      });
    });
    afterAll(async () => {
      await stop(child);
      await w.close();
      rmSync(folder, { recursive: true });
    });

    it.each(["GET", "HEAD", "POST", "DELETE"])("answers %s signed, and the gateway and the consumer can rely on it", async (method) => {
      onTheWay = {};
      const post = method === "POST" ? { target: `/r1/${service}/catatan`, content: record, contentType: "application/json" } : {};
      const sent = await w.call({ method, ...post });
      expect([sent.fields["spl-problem"], sent.status]).toEqual([undefined, method === "POST" ? 201 : method === "DELETE" ? 204 : 200]);
      expect(sent.answer.equals(method === "GET" || method === "POST" ? record : Buffer.alloc(0))).toBe(true);
      const claims = Buffer.from(sent.fields["spl-signature"]!.split(".")[1]!, "base64url");
      expect(JSON.parse(claims.toString())).toMatchObject({ iss: provider, aud: consumer, service, exchange: sent.fields["spl-exchange"] });
      expect((await leafOf(w, sent.fields["spl-exchange"]!))?.response?.provider?.statement).toBe(sha256(claims).toString("base64url"));
      const findings = checkReceipt(parseReceipt(sent.fields["spl-receipt"]!)!, {
        vkey: w.instance.vkey,
        exchange: sent.fields["spl-exchange"]!,
        statement: sent.claims,
        responseContent: sent.answer,
      });
      expect(findings.filter(({ holds }) => holds === false)).toEqual([]);
    });

    it.each(["ES256", "RS256", "PS256", "Ed25519"])("verifies consumers who sign with %s", async (alg) => {
      onTheWay = {};
      const { fields, answer } = await w.call({ key: consumerKeys[alg]! });
      expect([fields["spl-problem"], answer.toString()]).toEqual([undefined, record.toString()]);
    });

    it("verifies consumers whose JOSE library calls Ed25519 EdDSA (A9)", async () => {
      onTheWay = {};
      const { head, claims, statement } = sign(w, { key: consumerKeys["Ed25519"]! });
      const { kid } = consumerKeys["Ed25519"]!;
      const renamed = signJws({ alg: "EdDSA", kid, typ: "spl-req+jwt" }, Buffer.from(JSON.stringify(claims)), consumerKeys["Ed25519"]!);
      const answer = await shoot(w, head.replace(statement, renamed));
      expect([answer.fields["spl-problem"], answer.content.toString()]).toEqual([undefined, record.toString()]);
    });

    it("signs its own problems, too", async () => {
      onTheWay = {};
      const { fields, status, answer } = await w.call({ method: "PUT", content: record, contentType: "application/json" });
      expect([fields["spl-problem"], status, "spl-signature" in fields]).toEqual([undefined, 404, true]);
      expect(answer.toString()).toContain("Not found");
    });

    it.each<[string, (told: Told) => Told]>([
      ["content", (told) => ({ ...told, content: Buffer.from('{"nik":"1603010101909002"}') })],
      ["status", (told) => ({ ...told, status: 203 })],
      [
        "Content-Type",
        (told) => ({
          ...told,
          fields: told.fields.map((value) => (value === "application/json" ? "application/json; charset=utf-8" : value)),
        }),
      ],
      [
        "signature, which was taken from it,",
        (told) => ({ ...told, fields: told.fields.map((value) => (value.toLowerCase() === "spl-signature" ? "X-Signature" : value)) }),
      ],
    ])("an answer whose %s was changed on the way is response-unsigned", async (_, answer) => {
      onTheWay = { answer };
      const sent = await w.call();
      expect(sent.fields["spl-problem"]).toBe("response-unsigned");
      expect(sent.answer.toString()).not.toContain("9002");
    });

    const post = { method: "POST", target: `/r1/${service}/catatan`, content: record, contentType: "application/json" };
    const refusals = async (
      change: (seen: ReceivedCall) => ReceivedCall,
      over: Parameters<GatewayFixture["call"]>[0] = {},
    ): Promise<Told> => {
      let told: Told | undefined;
      onTheWay = { request: change, answer: (one) => (told = one) };
      expect((await w.call(over)).fields["spl-problem"]).toBe("response-unsigned");
      return told!;
    };
    const instead = (seen: ReceivedCall, name: string, value: string): ReceivedCall => ({
      ...seen,
      rawHeaders: seen.rawHeaders.map((old, i) => (i % 2 === 1 && seen.rawHeaders[i - 1]!.toLowerCase() === name ? value : old)),
    });

    it.each<[string, number, RegExp, (seen: ReceivedCall) => ReceivedCall]>([
      ["content", 400, /content changed/, (seen) => ({ ...seen, content: Buffer.from('{"nik":"1603010101909002"}') })],
      ["path", 401, /claim htu/, (seen) => ({ ...seen, target: "/catatan/2" })],
      ["query", 401, /claim htq/, (seen) => ({ ...seen, target: `${seen.target}?semua=1` })],
      ["method", 401, /claim htm/, (seen) => ({ ...seen, method: "PUT" })],
      ["Content-Type", 401, /claim ctype/, (seen) => instead(seen, "content-type", "text/plain")],
      ["Content-Digest", 401, /claim digest/, (seen) => instead(seen, "content-digest", formatDigest(sha256(Buffer.from("lain"))))],
    ])("a request whose %s was changed on the way is refused with %i and not executed", async (_, status, detail, change) => {
      const told = await refusals(change, post);
      expect([told.status, told.fields.some((name) => /^spl-signature$/i.test(name))]).toEqual([status, false]);
      expect(told.content.toString()).toMatch(detail);
    });

    it.each<[string, RegExp, (claims: Record<string, unknown>) => [Record<string, unknown>, SigningKey]]>([
      [
        "no longer lives",
        /outside its time/,
        (claims) => [{ ...claims, iat: Number(claims["iat"]) - 200, exp: Number(claims["iat"]) - 100 }, w.keys[consumer]!],
      ],
      ["names another iss than its key's owner", /key may not be used/, (claims) => [{ ...claims, iss: stranger }, w.keys[consumer]!]],
      [
        "is for another service",
        /claim htu/,
        (claims) => [{ ...claims, htu: String(claims["htu"]).replace("warga", "lain") }, w.keys[consumer]!],
      ],
      ["is by a key that nobody registered", /not registered/, (claims) => [claims, generateSigningKey("ES256")]],
      ...(["ES256", "RS256", "PS256", "Ed25519"] as const).map(
        (alg): [string, RegExp, (claims: Record<string, unknown>) => [Record<string, unknown>, SigningKey]] => [
          `is signed by another ${alg} key under a registered kid`,
          /signature does not verify/,
          (claims) => [claims, { ...generateSigningKey(alg), kid: consumerKeys[alg]!.kid }],
        ],
      ),
    ])("a statement that %s is refused", async (_, detail, forge) => {
      const right = claimsFor({
        iss: consumer,
        aud: w.publicOrigin,
        method: "GET",
        target: `/r1/${service}/catatan/1`,
        purpose,
        nowSeconds: Math.floor(Date.now() / 1000),
      });
      const [claims, key] = forge({ ...right });
      const told = await ask(port, {
        method: "GET",
        target: "/catatan/1",
        content: Buffer.alloc(0),
        rawHeaders: [
          "Content-Digest",
          right.digest,
          "Spl-Signature",
          signStatement(claims, key),
          "Spl-Exchange",
          "0199c0de-0000-7000-8000-000000000000",
        ],
      });
      expect([told.status, told.content.toString()]).toEqual([401, expect.stringMatching(detail)]);
    });

    it("a request that comes a second time is refused with 409, also when many come at once", async () => {
      onTheWay = {};
      await w.call();
      expect((await ask(port, asked.at(-1)!)).status).toBe(409);
      const right = claimsFor({
        iss: consumer,
        aud: w.publicOrigin,
        method: "GET",
        target: `/r1/${service}/catatan/1`,
        purpose,
        nowSeconds: Math.floor(Date.now() / 1000),
      });
      const one = {
        method: "GET",
        target: "/catatan/1",
        content: Buffer.alloc(0),
        rawHeaders: [
          "Content-Digest",
          right.digest,
          "Spl-Signature",
          signStatement(right, w.keys[consumer]!),
          "Spl-Exchange",
          "0199c0de-0000-7000-8000-000000000000",
        ],
      };
      expect((await Promise.all([1, 2, 3, 4].map(() => ask(port, one)))).map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    });

    it("with a base path answers what comes below it, and nothing else", async () => {
      const seen = join(folder, "seen-base");
      mkdirSync(seen);
      const below = await freePort();
      const based = program.start({
        port: below,
        gateway: w.publicOrigin,
        key: join(folder, "key.pem"),
        folder: seen,
        base: "/layanan/v2",
      });
      try {
        await untilReady(below);
        onTheWay = {};
        await w.call();
        const arrived = asked.at(-1)!;
        expect((await ask(below, arrived)).status).toBe(401);
        const told = await ask(below, { ...arrived, target: `/layanan/v2${arrived.target}` });
        expect([told.status, told.content.toString()]).toEqual([200, record.toString()]);
      } finally {
        await stop(based);
      }
    });

    it("signs with RS256 as well", async () => {
      const key = generateSigningKey("RS256");
      writeFileSync(
        join(w.services, "disdukcapil/siak/keys/rsa.jwt"),
        `${proveKey(key, provider, "ID-16.03", Math.floor(Date.now() / 1000))}\n`,
      );
      await w.apply();
      const file = join(folder, "rsa.pem");
      writeFileSync(file, key.privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
      const seen = join(folder, "seen-rsa");
      mkdirSync(seen);
      const other = await freePort();
      const second = program.start({ port: other, gateway: w.publicOrigin, key: file, folder: seen });
      const first = port;
      try {
        await untilReady(other);
        port = other;
        onTheWay = {};
        const { fields } = await w.call();
        expect([fields["spl-problem"], Buffer.from(fields["spl-signature"]!.split(".")[0]!, "base64url").toString()]).toEqual([
          undefined,
          JSON.stringify({ alg: "RS256", kid: key.kid, typ: "spl-res+jwt" }),
        ]);
      } finally {
        port = first;
        await stop(second);
      }
    });
  });
