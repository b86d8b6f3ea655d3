import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LedgerEntry } from "../../src/ledger/ledger.ts";
import { serviceRules } from "../../src/policy/opinions/service-rules.ts";
import { policyReader } from "../../src/policy/profile/policies-in-force.ts";
import { followRegistry } from "../../src/registry/follow.ts";
import { openPublisher, type PublisherOptions, type RegistryPublisher } from "../../src/registry/publish.ts";
import type { RegistryStore } from "../../src/registry/registry-store.ts";
import { RegistryUnusable } from "../../src/registry/registry-unusable.ts";
import { applyTo, desiredBy, registryFile } from "../support/registry-store.ts";
import { baseText, serviceYaml } from "../support/manifest-tree.ts";

let place: ReturnType<typeof registryFile>;
let store: RegistryStore;
beforeEach(() => {
  place = registryFile();
  store = place.open();
});
afterEach(() => place.remove());

const suspended = { [serviceYaml]: `${baseText(serviceYaml)}state: suspended\n` };
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A ledger that keeps control leaves by id, and refuses them when the test says so. */
function listLedger() {
  const leaves = new Map<string, number>();
  let refuses = false;
  const ledger = {
    origin: "spl.test/log/log-1",
    findExchange: async (id: string) => (leaves.has(id) ? { index: 0, leaf: Buffer.alloc(0) } : undefined),
    async append({ id, leaf }: LedgerEntry) {
      if (refuses) throw new Error("ledger-unavailable");
      if (leaves.has(id)) throw new Error(`${id} is appended twice`);
      leaves.set(id, (JSON.parse(leaf.toString()) as { change: { registry: { version: number } } }).change.registry.version);
      return { index: leaves.size - 1, proof: Buffer.alloc(0), checkpoint: "" };
    },
  };
  return { ledger, leaves, refuse: (now: boolean) => void (refuses = now) };
}

/** A publisher, and what was recorded and what serves in the order in which it came. */
async function publishing(over: Partial<PublisherOptions> = {}): Promise<RegistryPublisher & { readonly events: readonly string[] }> {
  const events: string[] = [];
  const { ledger } = listLedger();
  const publisher = await openPublisher({
    store,
    registry: followRegistry(store),
    rules: serviceRules(policyReader(store)),
    ...over,
    ledger: {
      ...(over.ledger ?? ledger),
      async append(entry) {
        const appended = await (over.ledger ?? ledger).append(entry);
        events.push(
          `recorded ${(JSON.parse(entry.leaf.toString()) as { change: { registry: { version: number } } }).change.registry.version}`,
        );
        return appended;
      },
    },
  });
  publisher.onServe(({ version }, before) =>
    events.push(before === undefined ? `serves ${version}` : `serves ${version} after ${before.version}`),
  );
  return { ...publisher, events };
}

describe("publishing", () => {
  it("records every change in the ledger before the newest version serves, also what was applied before it began", async () => {
    await applyTo(store, await desiredBy());
    await applyTo(store, await desiredBy(suspended));
    const { events, publish, current } = await publishing();
    expect(events).toEqual(["recorded 1", "recorded 2", "serves 2"]);
    expect(await store.pending()).toEqual([]);
    expect(await store.lastSettled()).toMatchObject({ notice: { version: 2 }, log: "spl.test/log/log-1" });

    await applyTo(place.open(), await desiredBy());
    await publish();
    expect(events.slice(3)).toEqual(["recorded 3", "serves 3 after 2"]);
    expect(current().version).toBe(3);
    await publish();
    expect(events).toHaveLength(5);
  });

  it("does not serve a change that the ledger did not take, keeps the old one, and tries again when it is called again", async () => {
    await applyTo(store, await desiredBy());
    const { ledger, refuse } = listLedger();
    const { publish, current } = await publishing({ ledger });
    await applyTo(store, await desiredBy(suspended));
    refuse(true);
    await expect(publish()).rejects.toThrow("ledger-unavailable");
    expect(current().version).toBe(1);
    refuse(false);
    await publish();
    expect(current().version).toBe(2);
  });

  it("appends the leaf of a change once when the process died between the append and the note of it", async () => {
    const notice = await applyTo(store, await desiredBy());
    const { ledger, leaves } = listLedger();
    const dying: RegistryStore = { ...store, settle: () => Promise.reject(new Error("killed")) };
    await expect(publishing({ ledger, store: dying })).rejects.toThrow("killed");
    const { events } = await publishing({ ledger });
    expect([...leaves]).toEqual([[notice!.id, 1]]);
    expect(events).toEqual(["serves 1"]);
    expect(await store.pending()).toEqual([]);
  });

  it("does not begin with an empty registry, nor with one that was altered past apply", async () => {
    await expect(publishing()).rejects.toThrow("The registry is empty");
    await applyTo(store, await desiredBy());
    const thief = new DatabaseSync(place.file);
    thief.exec(`UPDATE entries SET content = json_set(content, '$.dailyQuota', 1000000) WHERE kind = 'grant'`);
    thief.close();
    await expect(publishing()).rejects.toThrow(RegistryUnusable);
  });
});

describe("a change that is committed here", () => {
  /** A publisher each of whose publishings waits until the test lets it go on. */
  async function gated() {
    await applyTo(store, await desiredBy());
    const gates: PromiseWithResolvers<void>[] = [];
    const version = async (): Promise<number> => {
      const gate = Promise.withResolvers<void>();
      gates.push(gate);
      await gate.promise;
      return store.version();
    };
    const publisher = await publishing({ store: { ...store, version }, registry: followRegistry(store) });
    return { publisher, gates };
  }

  it("gives its result before it serves, and the next one begins when it does", async () => {
    const { publisher, gates } = await gated();
    const done: string[] = [];
    expect(await publisher.commit(async () => (done.push("one"), "one"))).toBe("one");
    const second = publisher.commit(async () => done.push("two"));
    await turn();
    expect(done).toEqual(["one"]);
    gates[0]!.resolve();
    await second;
    expect(done).toEqual(["one", "two"]);
    gates[1]!.resolve();
    await publisher.idle();
  });

  it("holds up no other when it does not come to serve", async () => {
    const { publisher, gates } = await gated();
    const done: string[] = [];
    await publisher.commit(async () => done.push("one"));
    gates[0]!.reject(new Error("the disk is gone"));
    await publisher.commit(async () => done.push("two"));
    expect(done).toEqual(["one", "two"]);
    gates[1]!.resolve();
    await publisher.idle();
  });

  it("that fails rejects with its fault, and is not published", async () => {
    const { publisher, gates } = await gated();
    await expect(publisher.commit(() => Promise.reject(new Error("not permitted")))).rejects.toThrow("not permitted");
    await publisher.idle();
    expect(gates).toEqual([]);
  });

  it("keeps the publisher busy until it serves", async () => {
    const { publisher, gates } = await gated();
    let idle = false;
    const committed = publisher.commit(async () => undefined);
    const becoming = publisher.idle().then(() => (idle = true));
    await committed;
    await turn();
    expect(idle).toBe(false);
    gates[0]!.resolve();
    await becoming;
  });
});
