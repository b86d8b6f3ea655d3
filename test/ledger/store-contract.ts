import { afterEach, describe, expect, test } from "vitest";
import { emptyRoot, leafHash } from "../../src/ledger/merkle.ts";
import type { LedgerChange, LedgerStore, StoredHead } from "../../src/ledger/store.ts";
import { outcome } from "../support/ledger-samples.ts";

/** A place for one log of the adapter under test, opened as often as a test wants. */
export interface StorePlace {
  open(): Promise<LedgerStore>;
  remove(): Promise<void> | void;
}

/** What every store of a ledger promises to its committer. The titles quote `LedgerStore`. */
export function ledgerStoreContract(name: string, makePlace: () => StorePlace): void {
  const undo: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step();
  });
  const newPlace = (): StorePlace => {
    const place = makePlace();
    undo.push(() => place.remove());
    return place;
  };
  const openIn = async (place: StorePlace): Promise<LedgerStore> => {
    const store = await place.open();
    let closing: Promise<void> | undefined;
    const close = (): Promise<void> => (closing ??= store.close());
    undo.push(close);
    return { ...store, close };
  };

  const beginning: LedgerChange = {
    expected: undefined,
    next: { size: 0, root: emptyRoot, edge: Buffer.alloc(0), createdAt: 7 },
    seal: () => "head 0",
    entries: [],
    tiles: [],
    packs: [],
    keys: [],
  };
  /** One more leaf. Its root is any 32 bytes: a store does not compute. */
  const step = (head: Pick<StoredHead, "size" | "root">, seal: () => string): LedgerChange => {
    const { id, ...entry } = outcome();
    const root = leafHash(entry.leaf);
    return {
      ...beginning,
      expected: head,
      next: { size: head.size + 1, root, edge: root, createdAt: 7 },
      seal,
      entries: [{ ...entry, id: Buffer.from(id.replaceAll("-", ""), "hex") }],
    };
  };

  describe(name, () => {
    test("has no head before the first commit, and then the one that was committed, with what `seal` gave", async () => {
      const store = await openIn(newPlace());
      expect(await store.head()).toBeUndefined();
      expect(await store.commit(beginning)).toBe(true);
      expect(await store.head()).toEqual({ ...beginning.next, checkpoint: "head 0" });
    });

    test("a read that begins after a commit resolved sees that commit, also after a restart", async () => {
      const place = newPlace();
      const store = await openIn(place);
      await store.commit(beginning);
      const change = step(beginning.next, () => "head 1");
      expect(await store.commit(change)).toBe(true);
      const leaves = [{ index: 0, leaf: change.entries[0]!.leaf }];
      const head = { ...change.next, checkpoint: "head 1" };
      expect([await store.head(), await store.leaves({ by: "index", begin: 0, end: 9 })]).toEqual([head, leaves]);
      await store.close();
      const again = await openIn(place);
      expect([await again.head(), await again.leaves({ by: "index", begin: 0, end: 9 })]).toEqual([head, leaves]);
    });

    test("a commit whose head is not the expected one resolves to false, changes nothing, and signs nothing", async () => {
      const store = await openIn(newPlace());
      await store.commit(beginning);
      const first = step(beginning.next, () => "head 1");
      await store.commit(first);
      const signed: string[] = [];
      const seal = (): string => signed[signed.push("never") - 1]!;
      for (const expected of [beginning.next, { size: 1, root: emptyRoot }, { size: 2, root: first.next.root }])
        expect(await store.commit(step(expected, seal))).toBe(false);
      expect(await store.commit({ ...beginning, seal })).toBe(false);
      expect(signed).toEqual([]);
      expect(await store.head()).toEqual({ ...first.next, checkpoint: "head 1" });
      expect(await store.leaves({ by: "index", begin: 0, end: 9 })).toHaveLength(1);
    });

    test("`seal` is called once a commit", async () => {
      const store = await openIn(newPlace());
      let calls = 0;
      await store.commit({ ...beginning, seal: () => `head ${++calls}` });
      expect(calls).toBe(1);
      await store.commit(step(beginning.next, () => `head ${++calls}`));
      expect(calls).toBe(2);
    });

    test("a commit that throws in the middle leaves the state before it, and the next one goes on from there", async () => {
      const store = await openIn(newPlace());
      await store.commit(beginning);
      const fault = new Error("the signer is gone");
      const broken = step(beginning.next, () => {
        throw fault;
      });
      await expect(store.commit(broken)).rejects.toThrow(fault.message);
      expect((await store.head())?.size).toBe(0);
      expect(await store.leaves({ by: "index", begin: 0, end: 9 })).toEqual([]);
      expect(await store.commit(step(beginning.next, () => "head 1"))).toBe(true);
    });

    test("`destroy` deletes the key of one bucket without a commit, and its packs can be purged, also after a restart", async () => {
      const place = newPlace();
      const store = await openIn(place);
      await store.commit(beginning);
      const buckets = ["2025-06/24", "2025-06/60"].map((bucket, from) => ({ bucket, from, wrapped: Buffer.alloc(60, from + 1) }));
      let head: Pick<StoredHead, "size" | "root"> = beginning.next;
      for (const { from, ...key } of buckets) {
        const pack = { first: from, membership: 1, from, sealed: Buffer.alloc(50, from) };
        const change = { ...step(head, () => `head ${from}`), packs: [pack], keys: [{ from, ...key }] };
        await store.commit(change);
        head = change.next;
      }
      await store.destroy("2025-05/24");
      expect(await store.buckets()).toHaveLength(2);
      await store.destroy("2025-06/24");
      await store.destroy("2025-06/24");
      const staying = [{ ...buckets[1]!, to: 1 }];
      expect(await store.buckets()).toEqual(staying);
      expect(await store.head()).toMatchObject({ size: 2, checkpoint: "head 1" });
      expect([await store.purge(9), await store.purge(9)]).toEqual([1, 0]);
      expect(await store.pack(0)).toBeUndefined();
      await store.close();
      const again = await openIn(place);
      expect(await again.buckets()).toEqual(staying);
      expect(await again.pack(1)).toMatchObject({ from: 1 });
    });

    test("a read while a commit runs sees the state before it or after it", async () => {
      const store = await openIn(newPlace());
      await store.commit(beginning);
      let head: Pick<StoredHead, "size" | "root"> = beginning.next;
      for (let size = 0; size < 20; size++) {
        const change = step(head, () => `head ${size + 1}`);
        const [committed, seen, leaves] = await Promise.all([
          store.commit(change),
          store.head(),
          store.leaves({ by: "index", begin: 0, end: 99 }),
        ]);
        expect(committed).toBe(true);
        const after = { ...change.next, checkpoint: `head ${size + 1}` };
        expect([head.root, after.root]).toContainEqual(seen?.root);
        expect(seen?.checkpoint).toBe(seen?.size === after.size ? after.checkpoint : `head ${size}`);
        expect([size, size + 1]).toContain(leaves.length);
        head = change.next;
      }
    });
  });
}
