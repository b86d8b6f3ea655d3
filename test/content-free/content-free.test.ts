import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { storesAt } from "../../src/store/open.ts";
import { dataDirectory } from "../../src/base/store-location.ts";
import type { Sent } from "../../src/agent/consumer.ts";
import { readTokenFile } from "../../src/control-client/control-client.ts";
import { citizens } from "../../src/demo/providers/synthetic.ts";
import { sha256 } from "../../src/base/bytes.ts";
import { uuidv7 } from "../../src/base/uuid.ts";
import { adminTokenFile } from "../../src/gateway/identity.ts";
import { loadMasterKeys } from "../../src/ledger/sealed/master-key.ts";
import { opens } from "../../src/ledger/commitment.ts";
import { encodeLeaf } from "../../src/ledger/leaf.ts";
import { formatTilePath, tilesOf } from "../../src/ledger/tiles.ts";
import { parseCheckpoint } from "../../src/ledger/checkpoint.ts";
import { claimsFor } from "../../src/trust/sign.ts";
import { startRetentionJob } from "../../src/ledger/sealed/retention.ts";
import { here } from "../support/here.ts";
import { acceptedCalls, examples, failingCalls, unsignedRequests, provokedCalls } from "./calls.ts";
import { committed, guesses, keysFrom, receiptsOf, type Held } from "./guesses.ts";
import { demoKabupaten, type DemoKabupaten } from "./kabupaten.ts";
import { personalData, personalDataIn } from "./personal-data.ts";
import { tracer, type Trace } from "./traces.ts";

const root = join(import.meta.dirname, "../..");

/**
 * What members publish about themselves before any exchange: contacts of officials, and contracts with their examples,
 * which the registry keeps.
 */
const manifests = readdirSync(join(root, "services"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => readFileSync(join(root, "services", file), "utf8"))
  .join("\n");

let k: DemoKabupaten;
let failed: Sent[];
let provoked: Sent[];
let unsigned: Buffer;

/** Everything personal that any service of the demo has as an example, knows, was sent or has answered. */
const data = new Set<string>();
let look: (file: Buffer) => Trace[];
let held: readonly Held[];

beforeAll(async () => {
  k = await demoKabupaten();
  await acceptedCalls(k);
  failed = await failingCalls(k);
  provoked = await provokedCalls(k);
  unsigned = await unsignedRequests(k);
  held = receiptsOf(k);
  for (const value of [...examples(), ...citizens]) for (const datum of personalData(value)) data.add(datum);
  for (const { content, answer } of k.exchanged)
    for (const datum of [...personalDataIn(content), ...personalDataIn(answer)]) data.add(datum);
  // A problem document's own digest stands beside it; contents that were carried must not be known by theirs.
  const carried = k.exchanged.flatMap((sent) => (code(sent) === undefined ? [sent.content, sent.answer] : [sent.content]));
  look = tracer({ texts: data, octets: carried.filter(({ length }) => length > 0) });
});
afterAll(() => k.close());

const code = ({ fields }: Sent): string | undefined => fields["spl-problem"];

/** Each datum once: a leak is a sentence and not a screenful. */
const said = (traces: readonly Trace[]): string[] => [...new Set(traces.map(({ what, form }) => `${what} (${form})`))].slice(0, 20);
const page = async (url: string, headers: Record<string, string> = {}): Promise<Buffer> =>
  Buffer.from(await (await fetch(url, { headers })).arrayBuffer());
const dataFiles = (): string[] =>
  readdirSync(k.config.data, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  );

/** All values of all tables, so that a datum is found also where it goes over from page to page. */
function cellsOf(file: string): Buffer {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as { name: string }[];
    const values = tables.flatMap(({ name }) =>
      db
        .prepare(`SELECT * FROM "${name}"`)
        .all()
        .flatMap((row) => Object.values(row)),
    );
    return Buffer.concat(values.flatMap((value) => [value instanceof Uint8Array ? value : Buffer.from(String(value)), Buffer.of(0)]));
  } finally {
    db.close();
  }
}

describe("the demo kabupaten after exchanges of every kind, logged at level debug", () => {
  it("has spoken of hundreds of persons: NIK, NIP, nomor KK, NOP, NIB, names, addresses, days of birth, diagnoses", () => {
    expect(data.size).toBeGreaterThan(700);
    for (const datum of [
      "1603074512979001",
      "197710032004011901",
      "160307000100190010",
      "1203000090001",
      "KARTIKA UMPAMA",
      "Jalan Contoh Nomor 12",
      "1997-12-05",
      citizens[7]!.nomorKk,
      "Diabetes melitus tipe 2 tanpa komplikasi",
    ]) {
      expect(data).toContain(datum);
    }
    expect(k.exchanged.filter(({ status }) => status < 300).length).toBeGreaterThan(100);
    expect(new Set(failed.map(code))).toEqual(
      new Set([
        "request-invalid",
        "content-type-unsupported",
        "operation-unknown",
        "service-unknown",
        "not-granted",
        "digest-mismatch",
        "signature-invalid",
        "key-invalid",
        "replayed",
        "statement-invalid",
        undefined,
      ]),
    );
    expect(new Set(provoked.map(code))).toEqual(new Set(["response-invalid", "upstream-lost", undefined]));
  });

  it("is searched by a search that finds a datum however it was written", () => {
    const nik = citizens[3]!.nik;
    const nama = "Ayu “Umpama” binti Contoh";
    const searched = tracer({ texts: [nik, nama] });
    const written = [
      nik,
      nama.toUpperCase(),
      JSON.stringify({ nama }),
      encodeURIComponent(nama),
      Buffer.from(nama, "utf16le"),
      Buffer.from(nik).toString("hex").toUpperCase(),
      ...["", "a", "ab"].flatMap((before) => [
        Buffer.from(`${before}${nik}!`).toString("base64"),
        Buffer.from(`${before}${nama}.`).toString("base64url"),
      ]),
    ];
    for (const text of written)
      expect(searched(Buffer.concat([Buffer.alloc(11, 7), Buffer.from(text), Buffer.alloc(5)])), String(text)).not.toEqual([]);
    expect(searched(Buffer.from("Ayu Umpama tanpa NIK 1603, 16030745129790"))).toEqual([]);
  });

  it(
    "left nothing of them in any file of the data directory, by name or content, but what members publish " +
      "themselves: contacts and contracts in the registry",
    () => {
      const files = dataFiles();
      expect(files.map((file) => file.slice(k.config.data.length + 1))).toEqual(
        expect.arrayContaining(["ledger.sqlite", "ledger.sqlite-wal", "registry.sqlite"]),
      );
      const unpublished = tracer({ texts: [...data].filter((datum) => !manifests.includes(datum)) });
      for (const file of files) {
        const bytes = readFileSync(file);
        const lookHere = file.includes("registry.sqlite") ? unpublished : look;
        expect(
          said([...look(Buffer.from(file)), ...lookHere(file.endsWith(".sqlite") ? Buffer.concat([bytes, cellsOf(file)]) : bytes)]),
          file,
        ).toEqual([]);
      }
    },
  );

  it("left nothing in the structured log, the metrics, or the explanations of what was decided", async () => {
    const log = k.logText();
    expect(log.toString()).toContain('"event":"delivered"');
    expect(said(look(log))).toEqual([]);
    expect(said(look(await page(`${k.controlOrigin}/metrics`)))).toEqual([]);
    const Authorization = `Bearer ${readTokenFile(adminTokenFile(k.config))}`;
    for (const { fields } of [...failed, ...provoked, k.exchanged[0]!]) {
      const explained = await page(`${k.controlOrigin}/v1/why/exchange/${fields["spl-exchange"]}`, { Authorization });
      expect(said(look(explained))).toEqual([]);
    }
  });

  it("left nothing in checkpoint, tiles and entries as they are published, or in the report of an audit", async () => {
    const { ledger } = k.open.gateway;
    const { size } = parseCheckpoint(ledger.checkpoint())!;
    for (const level of [0, 1, "entries"] as const) {
      for (const { n, width } of tilesOf(size, level))
        expect(said(look((await ledger.tile(level, n, width))!)), formatTilePath({ level, n, width })).toEqual([]);
    }
    const inText = await here(["audit", "--data", k.config.data]);
    const inJson = await here(["audit", "--data", k.config.data, "--json"]);
    expect([inText.status, inJson.status]).toEqual([0, 0]);
    expect(said(look(Buffer.from(inText.stdout + inText.stderr + inJson.stdout + inJson.stderr)))).toEqual([]);
  });

  it(
    "told no consumer in a refusal what he had sent or the provider had said: no value, and " +
      "no name that the contract does not say itself",
    () => {
      const refusals = k.exchanged.filter((sent) => code(sent) !== undefined);
      expect(
        refusals.filter(({ answer }) => (JSON.parse(answer.toString()) as { errors?: unknown }).errors !== undefined).length,
      ).toBeGreaterThan(4);
      for (const { answer, fields } of refusals)
        expect(said(look(Buffer.concat([answer, Buffer.from(JSON.stringify(fields))])))).toEqual([]);
      expect(new Set(unsigned.toString().match(/(?<=Spl-Problem: )\S+/gi))).toEqual(
        new Set(["operation-unknown", "statement-missing", "request-malformed"]),
      );
      expect(said(look(unsigned))).toEqual([]);
    },
  );

  it("keeps what was signed and the keys of its commitments, but nobody reads them in the files", async () => {
    const statements = k.exchanged
      .map(({ statement }) =>
        statement
          .split(".")
          .slice(1)
          .map((part) => Buffer.from(part, "base64url")),
      )
      .filter((parts) => parts.length === 2);
    const keys = held.flatMap(({ open }) => [open.subarray(0, 32), open.subarray(32)]).filter((key) => key.some((octet) => octet !== 0));
    expect(statements.length).toBeGreaterThan(120);
    expect(keys.length).toBeGreaterThan(180);
    const digests = k.exchanged.flatMap(({ claims }) => /sha-256=:[^"]+:/.exec(claims.toString())?.[0] ?? []);
    const readable = tracer({ texts: digests, octets: keys, hashable: statements.flat() });
    for (const file of dataFiles()) expect(said(readable(readFileSync(file))), file).toEqual([]);
  });
});

describe("a commitment in the log", () => {
  it("is guessed by nobody who knows the content whole and has only the log: no key follows from what stands in it", () => {
    const commitments = new Map(
      held.flatMap(({ sent, leaf }) => committed(sent, leaf).map(({ commit, content }) => [commit, content] as const)),
    );
    expect(commitments.size).toBeGreaterThan(180);
    const logWide = [
      Buffer.alloc(32),
      Buffer.alloc(32, 0xff),
      sha256(""),
      sha256(k.instance.origin),
      sha256(k.instance.vkey),
      Buffer.from(k.instance.vkey.split("+")[2]!, "base64").subarray(1),
    ];
    for (const { sent, leaf, index, bytes } of held.filter((_, i) => i % 6 === 0)) {
      const keys = [...logWide, ...keysFrom(leaf, index, bytes)];
      for (const content of [sent.content, sent.answer]) {
        for (const guess of guesses(content, keys)) expect(commitments.has(guess), `${leaf.id} is guessed`).toBe(false);
      }
    }
  });

  it("is never the same twice, though the content is: nobody sees who was asked about again", () => {
    const yes = k.exchanged.filter(({ answer }) => answer.equals(Buffer.from('{"nik":"ya","nama":"ya","tanggalLahir":"ya"}')));
    expect(yes.length).toBeGreaterThan(10);
    const all = held.flatMap(({ sent, leaf }) => committed(sent, leaf).map(({ commit }) => commit));
    expect(new Set(all).size).toBe(all.length);
  });

  it("opens by its key to the content that was carried, and to no other that is as likely", () => {
    const answers = ["ya", "tidak"].flatMap((nik) =>
      ["ya", "tidak"].flatMap((nama) => ["ya", "tidak"].map((tanggalLahir) => JSON.stringify({ nik, nama, tanggalLahir }))),
    );
    const matched = held.filter(({ sent }) => answers.includes(sent.answer.toString()));
    expect(matched.length).toBeGreaterThan(10);
    for (const { sent, leaf, open } of matched) {
      const { commit } = leaf.response!.delivered!;
      expect(answers.filter((answer) => opens(commit, open.subarray(32), Buffer.from(answer)))).toEqual([sent.answer.toString()]);
      const asked = sent.content.toString();
      const [nik] = /\d{16}/.exec(asked)!;
      const neighbours = Array.from({ length: 300 }, (_, i) => asked.replace(nik, nik.slice(0, 12) + String(9001 + i)));
      expect(neighbours.filter((content) => opens(leaf.request.commit!, open.subarray(0, 32), Buffer.from(content)))).toEqual([asked]);
    }
  });
});

describe("what the log does tell those who may read its entries and can list what may have been asked", () => {
  const matched = () => held.filter(({ sent, leaf }) => leaf.operation === "matchPenduduk" && sent.status === 200);

  it(
    "is the content of a request whose consumer put no salt into its statement: all other claims follow from the " +
      "leaf, `jti` too, so its hash is no better than a bare digest",
    () => {
      const { leaf, sent } = matched().at(-1)!;
      const received = Math.floor(Date.parse(leaf.at) / 1000);
      const guessed = (statement: string): string[] =>
        citizens.flatMap(({ nik, nama, tanggalLahir }) => {
          const content = Buffer.from(JSON.stringify({ nik, nama, tanggalLahir }));
          const intention = {
            iss: leaf.consumer,
            aud: k.publicOrigin,
            method: leaf.htm!,
            target: `/r1/${leaf.service}/pencocokan`,
            purpose: leaf.purpose!,
            content,
            contentType: "application/json",
          };
          const signed = Array.from({ length: 10 }, (_, i) => received - i).map((nowSeconds) =>
            JSON.stringify({ ...claimsFor({ ...intention, nowSeconds }), jti: leaf.request.jti, x_salt: undefined }),
          );
          return signed.some((claims) => sha256(claims).toString("base64url") === statement) ? [content.toString()] : [];
        });
      const { x_salt, ...claims } = JSON.parse(sent.claims.toString()) as Record<string, unknown>;
      expect(guessed(sha256(JSON.stringify(claims)).toString("base64url"))).toEqual([sent.content.toString()]);
      expect(x_salt).toMatch(/^[\w-]{22}$/);
      const salts = matched().map(({ sent: { claims: octets } }) => (JSON.parse(octets.toString()) as { x_salt: string }).x_salt);
      expect(new Set(salts).size).toBe(matched().length);
      expect(guessed(leaf.request.statement)).toEqual([]);
    },
  );

  it("is an answer whose length tells it: `bytes` stands beside the commitment", () => {
    const lengths = new Set(
      matched().map(({ sent, leaf }) => `${sent.answer.toString().split("ya").length - 1} × ya: ${leaf.response!.delivered!.bytes}`),
    );
    expect(lengths).toContain("3 × ya: 44");
    expect(matched().every(({ sent, leaf }) => leaf.response!.delivered!.bytes === sent.answer.length)).toBe(true);
  });
});

describe("once the time of the evidence is over", () => {
  it("its keys are in no file any more, nobody opens a commitment from what the gateway has, and the log is whole", async () => {
    await k.stop();
    const evidenceKeys = loadMasterKeys(k.config.evidenceKey);
    const later = Date.parse("2100-01-01");
    const ledger = await storesAt(dataDirectory(k.config.data)).openLedger({ ...k.instance, clock: () => later, evidenceKeys });
    const { index, leaf, open, sent } = held.at(-1)!;
    const kept = (await ledger.sealedRecord(index))!;
    expect(kept.keys!.subarray(0, 64)).toEqual(open);
    expect(opens(leaf.response!.delivered!.commit, kept.keys!.subarray(32, 64), sent.answer)).toBe(true);

    const file = join(k.config.data, "ledger.sqlite");
    const wrappedKeys = wrappedIn(file);
    expect(wrappedKeys.length).toBeGreaterThan(0);
    // Nothing is destroyed before an exchange of that time shows in the log.
    const id = uuidv7(later);
    const muchLater = encodeLeaf({ ...leaf, id, at: new Date(later).toISOString(), intent: undefined });
    await ledger.append({ type: "outcome", id, at: later, leaf: muchLater, toSeal: { ...kept, months: 1 } });
    const destroyed: string[] = [];
    const retention = startRetentionJob({
      ledger,
      clock: () => later,
      onDestroyed: ({ bucket }) => void destroyed.push(bucket),
      onFault: (fault) => expect.unreachable(String(fault)),
    });
    await retention.run();
    await retention.run();
    await retention.close();
    expect(destroyed).toHaveLength(wrappedKeys.length);
    expect(await Promise.all(held.map(({ index }) => ledger.sealedRecord(index)))).toEqual(held.map(() => undefined));
    await ledger.close();
    expect(wrappedIn(file)).toHaveLength(1);
    const remains = tracer({ octets: wrappedKeys });
    for (const one of dataFiles()) expect(said(remains(readFileSync(one))), one).toEqual([]);
    const audited = await here(["audit", "--data", k.config.data]);
    expect(audited.status, audited.stdout).toBe(0);
  });
});

/** The data keys of the evidence, each under a master key. */
function wrappedIn(file: string): Buffer[] {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    return db
      .prepare("SELECT wrapped FROM evidence_bucket")
      .all()
      .map(({ wrapped }) => Buffer.from(wrapped as Uint8Array));
  } finally {
    db.close();
  }
}
