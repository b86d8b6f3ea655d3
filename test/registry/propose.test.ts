import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { apply } from "../../src/registry/apply.ts";
import type { Entry } from "../../src/registry/entry.ts";
import type { RegistryFollower } from "../../src/registry/follow.ts";
import { movedBeside } from "../../src/registry/move-upstream.ts";
import { entryName, plan, type Plan } from "../../src/registry/plan.ts";
import type { RegistryStore } from "../../src/registry/registry-store.ts";
import { act, goLive, revision } from "../support/production-registry.ts";
import { applied, at, commit, desiredBy } from "../support/registry-store.ts";
import { baseText, keyProof, newKeys, openapi, taxProvider, taxService, serviceYaml, subsystemYaml } from "../support/manifest-tree.ts";
import { consumer } from "../support/parties.ts";

let place: Awaited<ReturnType<typeof applied>>;
let store: RegistryStore;
let registry: RegistryFollower;
beforeEach(async () => {
  place = await applied();
  ({ store, registry } = place);
});
afterEach(() => place.remove());

type Changes = Parameters<typeof desiredBy>[0];
const planned = async (changes: Changes = {}): Promise<Plan> => plan(await store.read(), await desiredBy(changes));
const said = ({ added, changed, retired, proposed, refused }: Plan): object => ({
  ...Object.fromEntries(
    Object.entries({ added, changed, retired, proposed }).flatMap(([name, list]) =>
      list.length === 0 ? [] : [[name, list.map(entryName)]],
    ),
  ),
  ...(refused.length === 0 ? {} : { refused: refused.map(({ entry, code }) => [entryName(entry), code]) }),
});
const grant = `grant ${consumer}#cek-objek`;
const retitled = (port: number): string =>
  `${baseText(serviceYaml).replace("Objek dan tagihan", "Objek pajak")}upstream: http://127.0.0.1:${port}\n`;
const upstream: Changes = { [serviceYaml]: retitled(4199) };
const second = {
  "bapenda/pajak/pbb/v2/service.yaml": baseText(serviceYaml),
  "bapenda/pajak/pbb/v2/openapi.yaml": baseText(openapi),
};

describe("manifests of an instance that prepares", () => {
  it("decide as they stand, and say persiapan only of what is new", async () => {
    expect(said(await planned(upstream))).toEqual({ changed: [`service ${taxService}`] });
    const [instance] = (await registry.newest()).of("instance");
    expect(instance?.state).toBe("persiapan");
  });

  it("change the address of revisions on their way, too, so that what is activated later is there", async () => {
    const state = await registry.newest();
    await commit(registry, revision(state, taxService, "trial"));
    const found = await planned(upstream);
    expect(said(found)).toEqual({ changed: [`service ${taxService}`, `revision ${taxService}/r1`] });
    await apply(store, found, { by: "cli:operator", at });
    expect((await registry.newest()).get("revision", `${taxService}/r1`)?.content.proposal).toMatchObject({
      upstream: "http://127.0.0.1:4199",
      description: "Objek dan tagihan",
    });
  });

  it("undo no act of an officer: recognitions, decisions, suspensions, and grants that were asked for over the API stay", async () => {
    const state = await registry.newest();
    const member = state.get("member", "ID-16.03/GOV/dinsos")!;
    const asked = state.get("grant", `${consumer}#cek-objek`)!;
    const letter = { number: "1", date: "2026-01-01", sha256: "0".repeat(64) };
    await commit(
      registry,
      { ...member, content: { ...member.content, mandiriTik: { decree: letter, criteria: {}, recognised: act } } },
      {
        ...asked,
        state: "suspended",
        content: { ...asked.content, decided: act, suspensions: { owner: { ...act, reason: "perbaikan" } } },
      },
      { ...asked, id: "lewat-api", state: "requested", content: { ...asked.content, requested: act } },
      revision(state, taxService, "suspended"),
      { ...state.get("service", taxService)!, state: "suspended" },
    );
    expect(said(await planned())).toEqual({});
  });

  it("ask for a decision anew where they change the terms of a grant that was decided", async () => {
    const state = await registry.newest();
    const asked = state.get("grant", `${consumer}#cek-objek`)!;
    await commit(registry, { ...asked, content: { ...asked.content, decided: act } });
    const { changed } = await planned({ [subsystemYaml]: baseText(subsystemYaml).replace("dailyQuota: 1000", "dailyQuota: 2000") });
    expect(changed).toMatchObject([{ state: "active", content: { dailyQuota: 2000 } }]);
    expect((changed[0] as Entry<"grant">).content.decided).toBeUndefined();
  });
});

describe("manifests of a live instance", () => {
  beforeEach(async () => void (await goLive(registry, taxService)));
  const apply_ = async (changes: Changes): Promise<void> => void (await apply(store, await planned(changes), { by: "cli:operator", at }));
  const get = async <Kind extends "revision" | "grant" | "service" | "key">(kind: Kind, id: string): Promise<Entry<Kind> | undefined> =>
    (await registry.newest()).get(kind, id);

  it("have nothing to do where they say what is in force, and do not take it back to persiapan", async () => {
    expect(said(await planned())).toEqual({});
  });

  it("propose a new service as a draft, and route nothing", async () => {
    const id = taxService.replace("v1", "v2");
    expect(said(await planned(second))).toEqual({ proposed: [`revision ${id}/r1`] });
    await apply_(second);
    expect(await get("revision", `${id}/r1`)).toMatchObject({
      state: "draft",
      content: { service: id, number: 1, dossier: {}, proposed: { by: "cli:operator", at: new Date(at).toISOString() } },
    });
    expect(await get("service", id)).toBeUndefined();
    const { content } = (await get("revision", `${id}/r1`))!;
    expect((await store.document(content.proposal.contract)).toString()).toContain("findObjects");
    expect(said(await planned(second))).toEqual({});
  });

  it("propose nothing where only words of a contract changed, and take the bytes of an older registry as they are: none", async () => {
    expect(said(await planned({ [openapi]: `# a remark\n${baseText(openapi)}` }))).toEqual({});
    const service = (await get("service", taxService))!;
    const { given: _, ...older } = service.content;
    await commit(registry, { ...service, content: older });
    expect(said(await planned())).toEqual({});
  });

  it("keep in a draft the bytes that were given last", async () => {
    await apply_(second);
    const remarked = { ...second, "bapenda/pajak/pbb/v2/openapi.yaml": `# a remark\n${baseText(openapi)}` };
    await apply_(remarked);
    const { content } = (await get("revision", `${taxService.replace("v1", "v2")}/r1`))!;
    expect((await store.document(content.proposal.given!["openapi.yaml"]!)).toString()).toMatch(/^# a remark\n/);
    expect(said(await planned(remarked))).toEqual({});
  });

  it("propose a changed service as its next revision, and leave the one in force as it is", async () => {
    const before = await get("service", taxService);
    await apply_(upstream);
    expect(await get("revision", `${taxService}/r2`)).toMatchObject({
      state: "draft",
      content: { number: 2, previous: `${taxService}/r1`, proposal: { upstream: "http://127.0.0.1:4199" } },
    });
    expect(await get("service", taxService)).toEqual(before);
    const notice = JSON.parse((await store.pending()).at(-1)!.change) as object;
    expect(notice).toMatchObject({ by: "cli:operator", added: [], changed: [], retired: [], proposed: [`revision ${taxService}/r2`] });
  });

  it("ask for a decision about a new key, and leave those that officers registered, revoked or refused as they are", async () => {
    const pair = newKeys.ES256();
    const withKey = { "dinsos/bansos/keys/a.jwt": await keyProof(pair) };
    const proposal = await planned(withKey);
    const { id } = proposal.proposed[0]!;
    expect(said(proposal)).toEqual({ proposed: [`key ${id}`] });
    await apply_(withKey);
    expect(await get("key", id)).toMatchObject({ state: "requested", content: { owner: consumer, proposed: { by: "cli:operator" } } });
    const notice = JSON.parse((await store.pending()).at(-1)!.change) as object;
    expect(notice).toMatchObject({ added: [], proposed: [`key ${id}`], keys: [`${id} ${consumer}`] });
    expect(said(await planned(withKey))).toEqual({});

    const asked = (await get("key", id))!;
    const approved = { ...asked, state: "active", content: { ...asked.content, decided: act } } as const;
    await commit(registry, approved);
    expect(said(await planned(withKey))).toEqual({});
    expect(said(await planned())).toEqual({ retired: [`key ${id}`] });
    await commit(registry, { ...approved, content: { ...approved.content, registered: act } });
    expect(said(await planned())).toEqual({});
    for (const state of ["revoked", "refused"] as const) {
      await commit(registry, { ...approved, state });
      expect(said(await planned({ ...withKey, ...second }))).toEqual({
        proposed: [`revision ${taxService.replace("v1", "v2")}/r1`],
        refused: [[`key ${id}`, `key-${state}`]],
      });
      expect(said(await planned())).toEqual({});
    }
  });

  it("put a newer proposal into a draft, but not into what was applied for", async () => {
    await apply_(upstream);
    const other = { [serviceYaml]: retitled(4200).replace("Pajak Bumi", "Pajak atas Bumi") };
    await apply_(other);
    const draft = (await get("revision", `${taxService}/r2`))!;
    expect(draft.content.proposal.upstream).toBe("http://127.0.0.1:4200");
    await commit(registry, { ...draft, state: "applied" });
    expect(said(await planned(other))).toEqual({});
    expect(said(await planned(upstream))).toEqual({ refused: [[`service ${taxService}`, "revision-under-way"]] });
  });

  it("do not propose again what was rejected, and go on with its dossier where they propose something else", async () => {
    await apply_(upstream);
    const draft = (await get("revision", `${taxService}/r2`))!;
    await commit(registry, { ...draft, state: "rejected", content: { ...draft.content, dossier: { builder: "pd", consent: act } } });
    expect(said(await planned(upstream))).toEqual({});
    await apply_({ [serviceYaml]: retitled(4200).replace("Pajak Bumi", "Pajak atas Bumi") });
    expect(await get("revision", `${taxService}/r3`)).toMatchObject({
      content: { previous: `${taxService}/r2`, dossier: { builder: "pd" } },
    });
    expect((await get("revision", `${taxService}/r3`))!.content.dossier.consent).toBeUndefined();
  });

  describe("with another address and nothing else", () => {
    const subsystem = "bapenda/pajak/subsystem.yaml";
    const moved = { [subsystem]: baseText(subsystem).replace("4101", "4199") };
    const move = { subsystem: taxProvider, from: "http://127.0.0.1:4101", to: "http://127.0.0.1:4199" };

    it("name the move for officers, and neither propose nor change anything", async () => {
      const found = await planned(moved);
      expect([said(found), found.moves]).toEqual([{}, [move]]);
      expect(await apply(store, found, { by: "cli:operator", at })).toBeUndefined();
      expect((await planned({ [serviceYaml]: `${baseText(serviceYaml)}upstream: http://127.0.0.1:4199\n` })).moves).toEqual([move]);
    });

    it("do so although a revision is being decided, and have nothing to do once all is there", async () => {
      await apply_({ [serviceYaml]: baseText(serviceYaml).replace("Pajak Bumi", "Pajak atas Bumi") });
      await commit(registry, { ...(await get("revision", `${taxService}/r2`))!, state: "applied" });
      const both = { ...moved, [serviceYaml]: baseText(serviceYaml).replace("Pajak Bumi", "Pajak atas Bumi") };
      const found = await planned(both);
      expect([said(found), found.moves]).toEqual([{}, [move]]);
      const state = await registry.newest();
      const old = state.get("subsystem", taxProvider)!;
      const there = movedBeside([...state.of("service"), ...state.of("revision")], move);
      expect(there.map(entryName)).toEqual([`service ${taxService}`, `revision ${taxService}/r1`, `revision ${taxService}/r2`]);
      await commit(registry, { ...old, content: { ...old.content, upstream: move.to } }, ...there);
      const after = await planned(both);
      expect([said(after), after.moves]).toEqual([{}, []]);
    });
  });

  it("ask for a new grant, which opens nothing until it is decided", async () => {
    const more = {
      [subsystemYaml]:
        baseText(subsystemYaml) + baseText(subsystemYaml).slice(baseText(subsystemYaml).indexOf("  - id")).replace("cek-objek", "cek-lagi"),
    };
    await apply_(more);
    expect(await get("grant", `${consumer}#cek-lagi`)).toMatchObject({
      state: "requested",
      content: { requested: { by: "cli:operator" } },
    });
    expect(said(await planned(more))).toEqual({});
  });

  it.each<[string, Changes, readonly (readonly [string, string])[]]>([
    [
      "a grant that lets other fields through",
      { [subsystemYaml]: baseText(subsystemYaml).replace("dailyQuota: 1000", "dailyQuota: 1000\n    fields: [/*/nop]") },
      [[grant, "grant-live"]],
    ],
    [
      "a changed grant",
      { [subsystemYaml]: baseText(subsystemYaml).replace("dailyQuota: 1000", "dailyQuota: 2000") },
      [[grant, "grant-live"]],
    ],
    ["a grant that is gone", { [subsystemYaml]: "name: Bantuan Sosial\n" }, [[grant, "grant-revoke"]]],
    [
      "a service that is gone",
      { [serviceYaml]: undefined, [openapi]: undefined, [subsystemYaml]: "name: Bantuan Sosial\n" },
      [
        [`service ${taxService}`, "service-retire"],
        [grant, "grant-revoke"],
      ],
    ],
    [
      "a service to be suspended",
      { [serviceYaml]: `${baseText(serviceYaml)}state: suspended\n` },
      [[`service ${taxService}`, "service-suspend"]],
    ],
    [
      "a service to be retired",
      { [serviceYaml]: `${baseText(serviceYaml)}state: retired\n` },
      [[`service ${taxService}`, "service-retire"]],
    ],
    [
      "another profile",
      { "instance.yaml": baseText("instance.yaml").replace("muara-enim-52-2022", "banyuwangi-67-2019") },
      [["instance ID-16.03", "profile-live"]],
    ],
  ])("are refused %s, with the officer's act that would do it", async (_, changes, refused) => {
    const found = await planned(changes);
    expect(found.refused.map(({ entry, code }) => [entryName(entry), code])).toEqual(refused);
    expect(await apply(store, found, { by: "cli:operator", at })).toBeUndefined();
  });

  it("propose what they may although another service of the same subsystem is being decided", async () => {
    await apply_({ ...upstream, ...second });
    const pending = (await get("revision", `${taxService}/r2`))!;
    await commit(registry, { ...pending, state: "applied" });
    const v2 = `${taxService.replace("v1", "v2")}/r1`;
    const both = {
      ...second,
      [serviceYaml]: retitled(4200).replace("Pajak Bumi", "Pajak atas Bumi"),
      "bapenda/pajak/pbb/v2/service.yaml": baseText(serviceYaml).replace("Pajak Bumi", "Pajak atas Bumi"),
    };
    expect(said(await planned(both))).toEqual({
      proposed: [`revision ${v2}`],
      refused: [[`service ${taxService}`, "revision-under-way"]],
    });
    await apply_(both);
    expect((await get("revision", v2))?.content.proposal.title).toContain("Pajak atas Bumi");
    expect(await get("revision", `${taxService}/r2`)).toEqual({ ...pending, state: "applied" });
  });

  it("do not bring back what officers ended", async () => {
    const state = await registry.newest();
    await commit(
      registry,
      { ...state.get("grant", `${consumer}#cek-objek`)!, state: "revoked" },
      { ...state.get("service", taxService)!, state: "retired" },
      revision(state, taxService, "retired"),
    );
    expect(said(await planned())).toEqual({});
    expect(said(await planned({ [serviceYaml]: undefined, [openapi]: undefined, [subsystemYaml]: "name: Bantuan Sosial\n" }))).toEqual({});
  });

  it("administer members and keys as before", async () => {
    const changes = { "dinsos/member.yaml": baseText("dinsos/member.yaml").replace("Dinas Sosial", "Dinas Sosial dan Tenaga Kerja") };
    expect(said(await planned(changes))).toEqual({ changed: ["member ID-16.03/GOV/dinsos"] });
  });
});
