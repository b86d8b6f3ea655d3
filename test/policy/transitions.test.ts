import { describe, expect, it } from "vitest";
import type { Action } from "../../src/policy/acts/action.ts";
import type { Input, StatefulKind } from "../../src/policy/context.ts";
import { actions } from "../../src/policy/acts/actions.ts";
import { mayDo, permissions, type Permission } from "../../src/policy/acts/permissions.ts";
import { roles, type Entry, type EntryState } from "../../src/registry/entry.ts";
import {
  allOpinions,
  askedGrant,
  completeDossier,
  policyFixture,
  dinas,
  done,
  entry,
  everything,
  home,
  LLG,
  ME,
  officers,
  owner,
  PAS,
  proposal,
  populationService,
  splpProof,
  successor,
  travel,
  type PolicyFixture,
} from "../support/policy-fixture.ts";
import { generateSigningKey, proveKey } from "../../src/trust/key-proof.ts";
import { letter } from "../support/letter.ts";
import { consumer } from "../support/parties.ts";

const states: readonly EntryState[] = [
  "persiapan",
  "produksi",
  "draft",
  "applied",
  "rejected",
  "approved",
  "trial",
  "active",
  "suspended",
  "deprecated",
  "retired",
  "recorded",
  "confirmed",
  "refused",
  "withdrawn",
  "revoked",
  "requested",
  "coordinated",
  "removed",
  "final",
];

/** By whom and with what each action succeeds. */
const acts: Readonly<Record<string, readonly [by: string, input?: Input]>> = {
  "revision.propose": ["pd-1", { service: populationService }],
  "revision.complete": ["pd-1", { dossier: { builder: "dinas" } }],
  "revision.apply": ["pd-1"],
  "revision.withdraw": ["pd-1"],
  "revision.consent": ["owner-1"],
  "revision.approve": ["registrar-1", { planEntry: "RI-3", costAnalysis: letter("biaya") }],
  "revision.reject": ["registrar-1", { advice: "Lengkapi manual." }],
  "revision.revise": ["pd-1", {}],
  "revision.try": ["operator-1"],
  "revision.activate": ["registrar-1", { trial: letter("uji", "2026-03-02") }],
  "revision.suspend": ["registrar-1", { reason: "kebocoran" }],
  "revision.resume": ["registrar-1"],
  "revision.deprecate": ["owner-1", { sunset: "2026-09-01", successor }],
  "revision.retire": ["registrar-1"],
  "revision.correct": ["pd-1", { from: "2026-06-01", reason: "Enum keliru sejak awal." }],
  "revision.agree": ["dinsos-1"],
  "opinion.record": ["operasi-1", { types: ["operasi"], outcome: "diberikan" }],
  "opinion.confirm": ["operasi-2"],
  "opinion.withdraw": ["operasi-1", { reason: "salah ketik" }],
  "opinion.revoke": ["operasi-1", { reason: "temuan" }],
  "evidence.record": ["operator-1", { type: "splp", documents: { "tabel-ip": letter("ip") } }],
  "evidence.confirm": ["registrar-1"],
  "evidence.withdraw": ["registrar-1", { reason: "diganti" }],
  "exemption.record": ["registrar-1", { guard: "umum-khusus", subject: populationService, until: "2026-12-31", letter: letter("bebas") }],
  "exemption.confirm": ["registrar-2"],
  "exemption.withdraw": ["registrar-1", { reason: "Aplikasi Umum tersedia" }],
  "grant.request": ["dinsos-1", askedGrant()],
  "grant.renew": ["dinsos-1", { id: "izin-2", from: "2026-04-01", until: "2027-03-31" }],
  "grant.withdraw": ["dinsos-1"],
  "grant.coordinate": ["registrar-1"],
  "grant.allow": ["owner-1"],
  "grant.refuse": ["owner-1", { advice: "Pakai layanan terbuka." }],
  "grant.suspend": ["owner-1", { reason: "pemakaian janggal" }],
  "grant.resume": ["registrar-1"],
  "grant.revoke": ["owner-1", { reason: "tujuan selesai" }],
  "key.register": ["dinsos-1", { proof: proveKey(generateSigningKey("Ed25519"), consumer, home, 1_772_000_000) }],
  "key.approve": ["dinsos-owner"],
  "key.refuse": ["registrar-1", { advice: "Kunci ini untuk subsistem lain." }],
  "key.revoke": ["dinsos-1", { reason: "stolen", stolenSince: "2026-03-01T21:30" }],
  "instance.publish": ["admin-1"],
  "instance.withdraw": ["admin-1", { reason: "perbaikan besar" }],
  "member.recognise-mandiri-tik": [
    "registrar-1",
    { decree: letter("SK"), criteria: { "sdm-tik": letter("a"), "mampu-dan-berpengalaman": letter("b") } },
  ],
  "subsystem.drain": ["operator-1", { upstream: "http://10.1.2.9:8080" }],
  "subsystem.resume": ["pd-1", { upstream: "http://10.1.2.8:8080" }],
  "subsystem.move": ["pd-1", { upstream: "http://10.1.2.4:8080" }],
  "officer.appoint": ["admin-1", { id: "pd-9", member: owner, position: "Petugas", roles: ["pd-officer"] }],
  "officer.change": ["admin-1", { position: "Registrar", roles: ["registrar"], reason: "Pindah tugas" }],
  "officer.remove": ["admin-1"],
  "token.issue": ["admin-1", { officer: "pd-7", until: "2026-06-01", hash: "h".repeat(43) }],
  "token.revoke": ["admin-1"],
};

/** An entry of a kind in a state, complete enough for every action that is legal from there. */
function subjectIn(kind: StatefulKind, state: EntryState, from: EntryState = "active"): Entry<StatefulKind> {
  const suspended = state === "suspended" ? { suspended: { ...done("registrar-2"), reason: "-", from } } : {};
  switch (kind) {
    case "revision":
      return entry("revision", `${populationService}/r1`, state, {
        service: populationService,
        number: 1,
        proposal: proposal(),
        dossier: { ...completeDossier(ME), consent: done("owner-1") },
        proposed: done("pd-1"),
        applied: done("pd-1"),
        decided: done("registrar-2"),
        ...suspended,
        // Nobody holds a grant yet, so nobody has to agree.
        ...(["applied", "approved", "trial"].includes(state)
          ? { correction: { ...done("pd-1"), reason: "-", from: "2026-03-01", agreed: {} } }
          : {}),
        ...(state === "deprecated" ? { deprecated: { ...done("owner-1"), sunset: "2026-03-01", successor } } : {}),
      });
    case "opinion":
      return entry("opinion", "pertimbangan-1", state, {
        types: ["operasi"],
        subject: "instance",
        authority: "dinas",
        mode: "internal",
        outcome: "diberikan",
        from: "2026-02-02",
        recorded: done("operasi-1"),
      });
    case "evidence":
      return { ...splpProof(), state };
    case "exemption":
      return entry("exemption", "bebas-1", state, {
        guard: "umum-khusus",
        subject: populationService,
        cite: "P34",
        until: "2026-12-31",
        letter: letter("bebas"),
        recorded: done("registrar-1"),
      });
    case "grant":
      return entry("grant", "izin-1", state, {
        consumer,
        service: populationService,
        operations: ["matchPenduduk"],
        purpose: "verifikasi",
        legalBasis: "-",
        from: "2026-03-01T17:00:00.000Z",
        until: "2026-12-31T17:00:00.000Z",
        rate: { perSecond: 5, burst: 10 },
        dailyQuota: 1000,
        expectedLoad: 500,
        personalData: { ground: "-", processingRecord: "-" },
        requested: done("dinsos-1"),
        ...(state === "coordinated" ? { coordinated: done("registrar-2") } : {}),
        ...(state === "suspended" ? { suspensions: { dinas: { ...done("registrar-2"), reason: "-" } } } : {}),
      });
    case "key":
      return entry("key", "kid-1", state, {
        owner: consumer,
        alg: "Ed25519",
        jwk: {},
        proof: "-",
        registered: done("dinsos-2"),
        proposed: done("cli:root"),
      });
    case "instance":
      return entry("instance", home, state, { name: "-", timeZone: "Asia/Jakarta", auditors: [] });
    case "member":
      return entry("member", owner, state, { class: "GOV", name: "-", contact: { name: "-", email: "-" } });
    case "subsystem":
      return entry("subsystem", `${owner}/siak`, state, {
        name: "-",
        upstream: proposal().upstream,
        replicas: [{ origin: "http://10.1.2.9:8080", weight: 1 }],
        drained: ["http://10.1.2.8:8080"],
      });
    case "officer":
      return entry("officer", "pd-7", state, { member: owner, position: "Petugas", roles: ["pd-officer"] });
    case "token":
      return entry("token", "token-1", state, {
        officer: "pd-7",
        hash: "h".repeat(43),
        roles: ["pd-officer"],
        until: "2026-06-01T00:00:00.000Z",
      });
  }
}

/** A profile under which the action can succeed, with everything that the instance needs. */
function landFor(action: Action): PolicyFixture {
  const profile = action.kind === "exemption" ? PAS : action.kind === "member" ? LLG : ME;
  const fixture = policyFixture(profile, { state: action.kind === "instance" ? "persiapan" : "produksi" });
  if (action.name !== "opinion.record") fixture.put(...allOpinions());
  fixture.put(splpProof("bukti-lain"), subjectIn("officer", "active"));
  if (action.name === "revision.correct") fixture.put({ ...subjectIn("revision", "active"), id: `${populationService}/r2` });
  if (action.name === "revision.agree") {
    const grant = subjectIn("grant", "active") as Entry<"grant">;
    fixture.put({ ...grant, content: { ...grant.content, decided: done("owner-1") } });
  }
  return fixture;
}

const all = [...actions.values()];
const old = all.filter(({ from }) => from !== "new");

describe("the table of states and transitions", () => {
  it.each(old.flatMap(({ name, from }) => (from as readonly EntryState[]).map((state) => ({ name, state }))))(
    "$name can be done from $state, and leads where the table says",
    ({ name, state }) => {
      const action = actions.get(name)!;
      const fixture = landFor(action);
      const subject = subjectIn(action.kind, state, name === "revision.withdraw" ? "trial" : "active");
      fixture.put(subject);
      const after = fixture.act(acts[name]![0], name, subject.id, acts[name]![1]);
      const makesAnother = name === "revision.revise" || name === "grant.renew";
      if (makesAnother) expect(fixture.get(action.kind, subject.id)).toEqual(subject);
      expect(action.to === "same" ? [state] : action.to).toContain(after.state);
      const [decision] = fixture.decisions();
      expect(decision!.content).toMatchObject({
        action: name,
        ...(makesAnother ? {} : { from: state }),
        to: after.state,
        by: acts[name]![0],
        profile: { id: fixture.profile.id, version: fixture.profile.version, digest: fixture.profile.digest },
      });
      expect(decision!.content.judgements.map(({ guard }) => guard)).toEqual([
        ...(action.decidesOn === undefined ? [] : ["four-eyes"]),
        ...action.guards,
      ]);
    },
  );

  it.each(old.flatMap(({ name, from }) => states.filter((state) => !from.includes(state)).map((state) => ({ name, state }))))(
    "$name cannot be done from $state, and changes nothing",
    ({ name, state }) => {
      const action = actions.get(name)!;
      const fixture = landFor(action);
      const subject = subjectIn(action.kind, state);
      fixture.put(subject);
      const refusal = fixture.refusal(acts[name]![0], name, subject.id, acts[name]![1]);
      expect(refusal.code).toBe("illegal-transition");
      expect(refusal.detail.en).toContain(`"${state}"`);
    },
  );

  it.each(all.filter(({ from }) => from === "new").map(({ name }) => name))("%s makes an entry", (name) => {
    const action = actions.get(name)!;
    const fixture = landFor(action);
    const made = fixture.act(acts[name]![0], name, undefined, acts[name]![1]);
    expect(made.kind).toBe(action.kind);
    expect(action.to).toContain(made.state);
    expect(fixture.decisions()[0]!.content).not.toHaveProperty("from");
  });
});

describe("the permission table", () => {
  it("names every action, and has no right without one", () => {
    expect(
      Object.keys(permissions)
        .filter((name) => name !== "read")
        .sort(),
    ).toEqual([...actions.keys()].sort());
  });

  it("lets the auditor read and do nothing else", () => {
    const auditor = officers["auditor-1"]!.roles;
    expect((Object.keys(permissions) as Permission[]).filter((name) => mayDo(auditor, name))).toEqual(["read"]);
  });

  it.each(all.map(({ name }) => name))("refuses %s to every role that the table does not name, whatever the state", (name) => {
    const action = actions.get(name)!;
    const fixture = landFor(action);
    const subject = action.from === "new" ? undefined : subjectIn(action.kind, action.from[0]!);
    if (subject !== undefined) fixture.put(subject);
    const others = roles.filter((role) => !(permissions[name as Permission] as readonly string[]).includes(role));
    expect(others).toContain("auditor");
    for (const role of others)
      expect(fixture.refused({ officer: "siapa", member: dinas, roles: new Set([role]) }, name, subject?.id, acts[name]![1])).toBe(
        "role-missing",
      );
  });

  it.each(all.flatMap(({ name, party }) => (party === undefined ? [] : [name])))("refuses %s to an officer of another member", (name) => {
    const action = actions.get(name)!;
    const fixture = landFor(action);
    const subject = action.from === "new" ? undefined : subjectIn(action.kind, action.from[0]!);
    if (subject !== undefined) fixture.put(subject);
    const stranger = { officer: "orang-lain", member: `${home}/GOV/rsud`, roles: new Set(["pd-officer", "service-owner"] as const) };
    expect(fixture.refused(stranger, name, subject?.id, acts[name]![1])).toBe("not-your-member");
  });
});

describe("an officer", () => {
  it("whose position or roles change stays the same officer, with the reason on record", () => {
    const fixture = landFor(actions.get("officer.change")!);
    fixture.put({ kind: "officer", id: "pd-7", state: "active", content: { member: owner, position: "Petugas", roles: ["pd-officer"] } });
    const input = { roles: ["pd-officer", "service-owner"], reason: "SK 12/2026" };
    expect(fixture.act("admin-1", "officer.change", "pd-7", input).content).toEqual({
      member: owner,
      position: "Petugas",
      roles: ["pd-officer", "service-owner"],
    });
    expect(fixture.decisions()[0]!.content.note).toBe("SK 12/2026");
  });
});

describe("four eyes", () => {
  const deciding = old.filter(({ decidesOn }) => decidesOn !== undefined).map(({ name }) => name);

  it("are kept by every action that decides on what somebody asked or recorded", () => {
    expect(deciding.sort()).toEqual([
      "evidence.confirm",
      "exemption.confirm",
      "grant.allow",
      "grant.coordinate",
      "grant.refuse",
      "key.approve",
      "key.refuse",
      "opinion.confirm",
      "revision.activate",
      "revision.approve",
      "revision.reject",
    ]);
  });

  it.each(deciding)("%s is refused to whoever asked or recorded, though the roles allow it", (name) => {
    const action = actions.get(name)!;
    const fixture = landFor(action);
    const subject = subjectIn(action.kind, (action.from as readonly EntryState[])[0]!);
    fixture.put(subject);
    const authors = new Set(action.decidesOn!(subject).flatMap((one) => one?.by ?? []));
    expect(authors.size).toBeGreaterThan(0);
    for (const author of authors) expect(fixture.refused(everything(author, owner), name, subject.id, acts[name]![1])).toBe("four-eyes");
    expect(fixture.refused(everything("orang-kedua", owner), name, subject.id, acts[name]![1])).toBeUndefined();
  });

  it("may be relaxed by a profile, and then every decision says that they were not kept", () => {
    const fourEyes = { ...ME.answers.get("opinions.fourEyes")!, value: false };
    const fixture = policyFixture({ ...ME, answers: new Map([...ME.answers, ["opinions.fourEyes", fourEyes]]) });
    const id = travel(fixture, "applied");
    fixture.act(everything("pd-1", owner), "revision.reject", id, { advice: "-" });
    expect(fixture.decisions().at(-1)!.content.judgements[0]).toMatchObject({
      guard: "four-eyes",
      verdict: "not-required",
      basis: "project rule",
    });
  });
});
