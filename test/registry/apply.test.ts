import { sha256 } from "../../src/base/bytes.ts";
import type { ServiceContent } from "../../src/registry/entries/service.ts";
import { createHash } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { apply } from "../../src/registry/apply.ts";
import { VersionConflict } from "../../src/registry/commit-change.ts";
import { canonicalJson } from "../../src/base/canonical-json.ts";
import type { Desired, Entry } from "../../src/registry/entry.ts";
import { entryName, plan } from "../../src/registry/plan.ts";
import { entryLeaf } from "../../src/registry/registry-roots.ts";
import type { StoredState } from "../../src/registry/registry-store.ts";
import { goLive } from "../support/production-registry.ts";
import { applied, applyTo, at, desiredBy, officer, registryFile, says } from "../support/registry-store.ts";
import {
  baseText,
  keyProof,
  loadTree,
  newKeys,
  openapi,
  taxProvider,
  taxService,
  serviceYaml,
  subsystemYaml,
} from "../support/manifest-tree.ts";
import { consumer } from "../support/parties.ts";

let files: ReturnType<typeof registryFile>[] = [];
afterEach(async () => {
  for (const file of files) await file.remove();
  files = [];
});
const newFile = (): ReturnType<typeof registryFile> => {
  const file = registryFile();
  files.push(file);
  return file;
};

const names = (entries: readonly Entry[]): readonly string[] => entries.map(entryName);
const stateOf = (state: StoredState, kind: string): string | undefined =>
  state.entries.find(({ entry }) => entry.kind === kind)?.entry.state;

/** RFC 9162 §2.1.1 word for word, over leaves, as a second opinion. */
function treeHead(leaves: readonly Buffer[]): Buffer {
  const h = (...parts: readonly Buffer[]): Buffer => createHash("sha256").update(Buffer.concat(parts)).digest();
  if (leaves.length === 0) return h();
  if (leaves.length === 1) return h(Buffer.from([0]), leaves[0]!);
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return h(Buffer.from([1]), treeHead(leaves.slice(0, k)), treeHead(leaves.slice(k)));
}

describe("plan and apply", () => {
  it("list what is added, then nothing, and without a change there is no version", async () => {
    const store = newFile().open();
    const desired = await desiredBy();
    const first = plan(await store.read(), desired);
    expect(names(first.added).slice(0, 3)).toEqual(["instance ID-16.03", "member ID-16.03/GOV/bapenda", "member ID-16.03/GOV/dinsos"]);
    expect([first.changed, first.retired, first.refused]).toEqual([[], [], []]);
    expect(await apply(store, first, { by: "tester", at })).toMatchObject({ version: 1 });
    expect(await applyTo(store, await desiredBy())).toBeUndefined();
    expect(await store.version()).toBe(1);
    expect(await store.pending()).toHaveLength(1);
  });

  it("change only what changed: other entries keep their salt, and the notice says what, by whom, and the roots", async () => {
    const store = newFile().open();
    await applyTo(store, await desiredBy());
    const before = await store.read();
    await applyTo(store, await desiredBy({ [serviceYaml]: `${baseText(serviceYaml)}state: suspended\n` }), "Meja Layanan");
    const after = await store.read();
    const salts = (state: StoredState): ReadonlyMap<string, string> =>
      new Map(state.entries.map(({ entry, salt }) => [entryName(entry), salt.toString("hex")]));
    const changed = [...salts(after)].filter(([name, salt]) => salts(before).get(name) !== salt).map(([name]) => name);
    expect(changed).toEqual([`service ${taxService}`]);
    expect(after.entries.filter(({ entry }) => entry.kind !== "policy").every(({ salt }) => salt.length === 16)).toBe(true);
    const [, notice] = await store.pending();
    expect(notice).toMatchObject({ version: 2, at, by: "Meja Layanan" });
    expect(JSON.parse(notice!.change)).toEqual({
      registry: { before: before.roots.registry, after: after.roots.registry, version: 2 },
      policy: { before: before.roots.policy, after: before.roots.policy },
      by: "Meja Layanan",
      added: [],
      changed: [`service ${taxService}`],
      retired: [],
    });
  });

  it("make a new version of a service when its contract changes, also where a comment does: the given bytes are kept", async () => {
    const store = newFile().open();
    await applyTo(store, await desiredBy());
    const contractOf = async (): Promise<ServiceContent> =>
      (await store.read()).entries.flatMap(({ entry }) => (entry.kind === "service" ? [entry.content] : []))[0]!;
    const before = await contractOf();
    expect(await applyTo(store, await desiredBy())).toBeUndefined();
    const remarked = `# a remark\n${baseText(openapi)}`;
    expect(await applyTo(store, await desiredBy({ [openapi]: remarked }))).toMatchObject({ version: 2 });
    const after = await contractOf();
    expect(after).toEqual({ ...before, given: { "openapi.yaml": sha256(Buffer.from(remarked)).toString("base64url") } });
    expect((await store.document(after.given!["openapi.yaml"]!)).toString()).toBe(remarked);
    expect((await store.document(before.given!["openapi.yaml"]!)).toString()).toBe(baseText(openapi));
    expect(await applyTo(store, await desiredBy({ [openapi]: baseText(openapi).replace("maximum: 50", "maximum: 51") }))).toMatchObject({
      version: 3,
    });
  });

  it("record RFC 9162 roots over H(0x00 ‖ salt ‖ canonical JSON), entries by kind and id, policies apart", async () => {
    const store = newFile().open();
    await applyTo(store, await desiredBy());
    const { entries, roots } = await store.read();
    const leaves = (policy: boolean): Buffer[] => entries.filter(({ entry }) => (entry.kind === "policy") === policy).map(entryLeaf);
    expect(roots).toEqual({
      registry: treeHead(leaves(false)).toString("base64url"),
      policy: treeHead(leaves(true)).toString("base64url"),
    });
    const [{ entry, salt }] = entries as [(typeof entries)[number]];
    expect(leaves(false)[0]).toEqual(
      Buffer.concat([
        salt,
        Buffer.from(
          '{"content":{"auditors":[],"name":"Kabupaten Demo","profile":"muara-enim-52-2022","timeZone":"Asia/Jakarta"},' +
            '"id":"ID-16.03","kind":"instance","state":"persiapan"}',
        ),
      ]),
    );
    expect(canonicalJson({ b: 1, a: [undefined === entry, { "\u20ac": 1, "\r": 2 }], c: undefined })).toBe(
      '{"a":[false,{"\\r":2,"€":1}],"b":1}',
    );
  });

  it("retire what is gone and delete nothing; a retired service may come back", async () => {
    const store = newFile().open();
    const whole = await desiredBy();
    await applyTo(store, whole);
    const without = await desiredBy({ [serviceYaml]: undefined, [openapi]: undefined, [subsystemYaml]: "name: Bantuan Sosial\n" });
    const planned = plan(await store.read(), without);
    expect(names(planned.retired)).toEqual([`service ${taxService}`, `grant ${consumer}#cek-objek`]);
    await apply(store, planned, { by: "tester", at });
    const gone = await store.read();
    expect([stateOf(gone, "service"), stateOf(gone, "grant")]).toEqual(["retired", "revoked"]);
    expect(await applyTo(store, without)).toBeUndefined();
    await applyTo(store, whole);
    expect(stateOf(await store.read(), "service")).toBe("active");
    expect(stateOf(await store.read(1), "service")).toBe("active");
    expect((await store.read(2)).roots).toEqual(gone.roots);
  });

  it("revoke a key for good, and never give it to another subsystem", async () => {
    const store = newFile().open();
    const pair = newKeys.ES256();
    const withKey = { "dinsos/bansos/keys/a.jwt": await keyProof(pair) };
    await applyTo(store, await desiredBy(withKey));
    const moved = plan(
      await store.read(),
      await desiredBy({ "bapenda/pajak/keys/a.jwt": await keyProof(pair, { claims: { iss: "ID-16.03/GOV/bapenda/pajak" } }) }),
    );
    expect(moved.refused.map((refusal) => refusal.code)).toEqual(["key-taken"]);
    expect(await apply(store, moved, { by: "tester", at })).toBeUndefined();

    await applyTo(store, await desiredBy());
    expect(stateOf(await store.read(), "key")).toBe("revoked");
    const back = plan(await store.read(), await desiredBy(withKey));
    expect(back).toMatchObject({ added: [], changed: [] });
    expect(back.refused).toMatchObject([{ code: "key-revoked", detail: { id: expect.stringContaining("tetap dicabut") as string } }]);
  });

  it("leave what is refused as it is and carry out the rest in one transaction", async () => {
    const store = newFile().open();
    const pair = newKeys.ES256();
    const withKey = { "dinsos/bansos/keys/a.jwt": await keyProof(pair) };
    for (const changes of [withKey, {}]) await applyTo(store, await desiredBy(changes));
    const renamed = { "bapenda/member.yaml": baseText("bapenda/member.yaml").replace("Badan Pendapatan", "Badan Pengelola Pendapatan") };
    const planned = plan(await store.read(), await desiredBy({ ...withKey, ...renamed }));
    expect([names(planned.changed), planned.refused.map(({ code }) => code)]).toEqual([["member ID-16.03/GOV/bapenda"], ["key-revoked"]]);
    expect(await apply(store, planned, { by: "tester", at })).toMatchObject({ version: 3 });
    expect(stateOf(await store.read(), "key")).toBe("revoked");
  });

  it("leave a member with a fault as it is, with the grants on its services, and carry out what other members change", async () => {
    const store = newFile().open();
    await applyTo(
      store,
      await desiredBy({ "bapenda/pajak/keys/a.jwt": await keyProof(newKeys.ES256(), { claims: { iss: taxProvider } }) }),
    );
    const before = await store.read();
    const { desired, faults } = await loadTree({
      "bapenda/pajak/subsystem.yaml": "nama: Sistem Pajak Daerah\n",
      "dinsos/member.yaml": baseText("dinsos/member.yaml").replace("Dinas Sosial", "Dinas Sosial dan Tenaga Kerja"),
      [subsystemYaml]: baseText(subsystemYaml).replace("dailyQuota: 1000", "dailyQuota: 2000"),
    });
    expect(new Set(faults.map(({ file }) => file))).toEqual(new Set(["services/bapenda/pajak/subsystem.yaml"]));
    const planned = plan(before, desired!);
    expect([names(planned.changed), names(planned.retired), names(planned.waiting), [...planned.held]]).toEqual([
      ["member ID-16.03/GOV/dinsos"],
      [],
      [`grant ${consumer}#cek-objek`],
      ["bapenda"],
    ]);
    await apply(store, planned, { by: "tester", at });
    const states = ({ entries }: StoredState): readonly string[] =>
      entries.flatMap(({ entry }) => (entry.kind === "policy" ? [] : [`${entryName(entry)} ${entry.state}`]));
    expect(states(await store.read())).toEqual(states(before));
  });

  it("end a grant that its consumer takes back, even while the files of the service's owner have a fault", async () => {
    const store = newFile().open();
    await applyTo(store, await desiredBy());
    const { desired } = await loadTree({ [serviceYaml]: "titel: PBB\n", [subsystemYaml]: "name: Bantuan Sosial\n" });
    const planned = plan(await store.read(), desired!);
    expect([names(planned.retired), names(planned.waiting)]).toEqual([[`grant ${consumer}#cek-objek`], []]);
  });

  it("refuse to turn the registry of one instance into another's", async () => {
    const store = newFile().open();
    await applyTo(store, await desiredBy());
    const other = await desiredBy({
      "instance.yaml": baseText("instance.yaml").replace("16.03", "35.14"),
      [subsystemYaml]: "name: Bantuan Sosial\n",
    });
    const planned = plan(await store.read(), other);
    expect(planned.refused.map((refusal) => refusal.code)).toEqual(["instance-changed"]);
    expect(await apply(store, planned, { by: "tester", at })).toBeUndefined();
  });

  it("cannot interleave: of two plans against one version the second is refused whole", async () => {
    const { open } = newFile();
    const [one, two] = [open(), open()];
    const desired = await desiredBy();
    const plans = [
      plan(await one.read(), desired),
      plan(await two.read(), await desiredBy({ [serviceYaml]: `${baseText(serviceYaml)}state: suspended\n` })),
    ] as const;
    await apply(one, plans[0], { by: "one", at });
    await expect(apply(two, plans[1], { by: "two", at })).rejects.toThrow(VersionConflict);
    expect(stateOf(await two.read(), "service")).toBe("active");
    expect((await two.pending()).map((notice) => notice.by)).toEqual(["one"]);
  });

  it("keep 200 characters of who applied, in the notice and in what officers are to decide", async () => {
    await using place = await applied();
    const { store, registry } = place;
    await goLive(registry, taxService);
    const by = `cli:${"a".repeat(300)}`;
    const more = await desiredBy({ [serviceYaml]: baseText(serviceYaml).replace("Pajak Bumi", "Pajak atas Bumi") });
    const notice = (await applyTo(store, more, by))!;
    expect(notice.by).toBe(by.slice(0, 200));
    expect(JSON.parse(notice.change)).toMatchObject({ by: by.slice(0, 200) });
    const revision = (await registry.newest()).get("revision", `${taxService}/r2`);
    expect(revision?.content.proposed.by).toBe(by.slice(0, 200));
    const act = await registry.commit(await registry.newest(), { entries: [officer("satu")], by, at, says });
    expect(act.notice.by).toBe(by.slice(0, 200));
  });

  it("keep the notice well below a leaf: long lists become a count and a digest", async () => {
    const store = newFile().open();
    const desired = await desiredBy();
    const member = desired.entries.find((entry) => entry.kind === "member")!;
    const many: Desired = {
      ...desired,
      entries: [
        ...desired.entries,
        ...Array.from({ length: 900 }, (_, index) => ({
          ...member,
          id: `ID-16.03/GOV/${"x".repeat(28)}${String(index).padStart(4, "0")}`,
        })),
      ],
    };
    const notice = await applyTo(store, many);
    const planned = names(plan({ version: 0, roots: { registry: "", policy: "" }, entries: [] }, many).added);
    expect(Buffer.byteLength(notice!.change)).toBeLessThan(48_000);
    expect(JSON.parse(notice!.change)).toMatchObject({
      added: { count: planned.length, digest: createHash("sha256").update(planned.join("\n")).digest("base64url") },
    });
  });
});
