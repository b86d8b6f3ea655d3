import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { storesAt } from "../../src/store/open.ts";
import { dataDirectory } from "../../src/base/store-location.ts";
import { openGateway } from "../../src/gateway/open.ts";
import { audit } from "../../src/audit/audit.ts";
import { send } from "../../src/agent/consumer.ts";
import { loadMasterKeys } from "../../src/ledger/sealed/master-key.ts";
import { registryRoots } from "../../src/registry/registry-roots.ts";
import { createLog } from "../../src/telemetry/logs.ts";
import { generateSigningKey } from "../../src/trust/key-proof.ts";
import { page } from "../support/page.ts";
import { consumer, purpose, service, gatewayFixture } from "../support/gateway-fixture.ts";
import { makeTamperFixture, type TamperFixture } from "./tamper-fixture.ts";
import { edit, alterRows } from "./tamper-tools.ts";

let scenario: TamperFixture;
beforeAll(async () => {
  scenario = await makeTamperFixture({ looks: [20], backup: 10, size: 60 });
});
afterAll(() => scenario.close());

describe("what stands beside the log, changed by whoever may write the databases", () => {
  /** The leaves that an audit names whose evidence it was given the key for. */
  const named = async (directory: string): Promise<number[]> => {
    const log = storesAt(dataDirectory(directory)).readLog(loadMasterKeys(join(directory, "evidence.key")));
    try {
      const { checks } = await audit(log, {
        key: { vkey: scenario.instance.vkey, pinned: true },
        evidence: log,
        openable: log,
        now: Date.now(),
      });
      return checks.flatMap(({ findings }) =>
        findings.flatMap(({ place }) => (typeof place === "object" && "leaf" in place ? [place.leaf] : [])),
      );
    } finally {
      await log.close();
    }
  };
  const packs = (): number[] =>
    edit(scenario.data, "ledger", (db) =>
      db
        .prepare("SELECT first_leaf FROM evidence ORDER BY first_leaf")
        .all()
        .map(({ first_leaf }) => first_leaf as number),
    );

  it("evidence of which one bit is altered does not open: an audit with the evidence key names its leaf", async () => {
    const [first] = packs().slice(3);
    const copy = scenario.copy();
    edit(copy, "ledger", (db) => {
      const { sealed } = db.prepare("SELECT sealed FROM evidence WHERE first_leaf = ?").get(first!) as { sealed: Uint8Array };
      sealed[40]! ^= 1;
      alterRows(db, "UPDATE evidence SET sealed = ? WHERE first_leaf = ?", sealed, first!);
    });
    expect(await named(scenario.data)).toEqual([]);
    expect((await named(copy))[0]).toBe(first);
  });

  it("evidence of two leaves that changed places does not open at either, and an audit with its key names both", async () => {
    const [a, b] = packs().slice(2) as [number, number];
    const copy = scenario.copy();
    edit(copy, "ledger", (db) => {
      const sealedOf = (first: number): Uint8Array =>
        db.prepare("SELECT sealed FROM evidence WHERE first_leaf = ?").get(first)!["sealed"] as Uint8Array;
      const [ofA, ofB] = [sealedOf(a), sealedOf(b)];
      alterRows(db, "UPDATE evidence SET sealed = ? WHERE first_leaf = ?", ofB, a);
      alterRows(db, "UPDATE evidence SET sealed = ? WHERE first_leaf = ?", ofA, b);
    });
    expect(await named(copy)).toEqual(expect.arrayContaining([a, b]));
  });

  it.each([
    ["a grant that covers more", "UPDATE entries SET content = replace(content, 'withdrawCatatan', 'getRahasia') WHERE kind = 'grant'"],
    ["a grant that is gone", "DELETE FROM entries WHERE kind = 'grant'"],
    ["a key of another state", "UPDATE entries SET state = 'revoked' WHERE rowid = (SELECT min(rowid) FROM entries WHERE kind = 'key')"],
    [
      "a policy that names another document",
      `UPDATE entries SET content = replace(content, '"digest":"', '"digest":"A')
       WHERE kind = 'policy' AND id = 'classification.yaml'`,
    ],
  ])("a registry with %s serves nobody: it is not what was applied", async (_, sql) => {
    const copy = scenario.copy();
    edit(copy, "registry", (db) => alterRows(db, sql));
    await expect(scenario.start(copy)).rejects.toThrow(/is not what was applied: it was changed past apply/);
  });

  it("a registry with other roots than were applied serves nobody: the log goes by those", async () => {
    const copy = scenario.copy();
    edit(copy, "registry", (db) => alterRows(db, "UPDATE versions SET registry_root = policy_root"));
    await expect(scenario.start(copy)).rejects.toThrow(/knows a registry that is not this one/);
  });

  it.each([
    ["contract", "service"],
    ["policy document", "policy"],
  ])("a registry with a %s whose bytes are not those of its digest serves nobody", async (_, kind) => {
    const copy = scenario.copy();
    edit(copy, "registry", (db) =>
      alterRows(
        db,
        `UPDATE documents SET bytes = CAST(CAST(bytes AS TEXT) || ' ' AS BLOB)
         WHERE digest IN (SELECT document FROM entries WHERE kind = ?)`,
        kind,
      ),
    );
    const end = await scenario.start(copy).then(
      async (open) => {
        await open.close();
        return "serves";
      },
      (fault: Error) => fault.message,
    );
    expect(end).not.toBe("serves");
  });

  it("a registry that was changed together with its roots serves nobody: it is not the one that the log goes by", async () => {
    const w = await gatewayFixture();
    try {
      await w.call();
      await w.open.close();
      edit(w.config.data, "registry", (db) =>
        alterRows(db, "UPDATE entries SET content = replace(content, 'withdrawCatatan', 'getRahasia') WHERE kind = 'grant'"),
      );
      const store = storesAt(w.config.registry).openRegistry();
      const { registry } = registryRoots((await store.read()).entries);
      await store.close();
      edit(w.config.data, "registry", (db) => alterRows(db, "UPDATE versions SET registry_root = ?", registry));
      const opening = openGateway({
        config: w.config,
        instance: w.instance,
        clock: w.clock,
        log: createLog({ level: "silent", to: 2 }).log,
      });
      await expect(opening).rejects.toThrow(/knows a registry that is not this one/);
    } finally {
      await w.close();
    }
  });
});

describe("what no log tells", () => {
  it("is what was refused before anybody was known: no leaf, no receipt, only a count that the operator keeps", async () => {
    const w = await gatewayFixture();
    try {
      const before = w.open.gateway.ledger.checkpoint();
      const target = `/r1/${service}/catatan/1`;
      const forger = { ...w.keys[consumer]!, privateKey: generateSigningKey("ES256").privateKey };
      const refused = [await page(`${w.publicOrigin}${target}`), await page(`${w.publicOrigin}/r1/tidak/ada`)].map(({ status }) => status);
      const unsigned = await send({ iss: consumer, aud: w.publicOrigin, method: "GET", target, purpose, key: forger, nowMs: w.clock() });
      expect([...refused, unsigned.fields["spl-problem"], unsigned.fields["spl-receipt"]]).toEqual([
        400,
        400,
        "signature-invalid",
        undefined,
      ]);
      expect(w.open.gateway.ledger.checkpoint()).toBe(before);
    } finally {
      await w.close();
    }
  });
});
