import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verbs } from "../../../src/cli/cli.ts";
import { kindOfWord } from "../../../src/cli/acts/act-labels.ts";
import { flagsOf } from "../../../src/cli/acts/flags.ts";
import { actions } from "../../../src/policy/acts/actions.ts";
import { roles } from "../../../src/registry/entry.ts";
import { gatewayFixture, type GatewayFixture } from "../../support/gateway-fixture.ts";
import { here } from "../../support/here.ts";

const help = async (...words: readonly string[]): Promise<string> => (await here([...words, "--help"])).stdout;

describe("the help of a step", () => {
  it("lists the values that an option takes, and the slots of its documents", async () => {
    const complete = await help("service", "complete");
    expect(complete).toContain("--builder dinas|pd|pd-mandiri-tik|pemkab|pemkot");
    expect(complete).toMatch(/--document SLOT=FILE:NUMBER:DATE … {2}\(SLOT: fungsi-dan-modul, .*analisis-kebutuhan, analisis-manfaat\)/);
    expect(await help("evidence", "record")).toContain("(SLOT: surat-penugasan, tabel-ip, struktur-organisasi, hasil-uji-koneksi)");
    expect(await help("member", "recognise-mandiri-tik")).toContain("(SLOT: sdm-tik, mampu-dan-berpengalaman)");
  });

  it("shows an identifier by an example", async () => {
    const request = await help("grant", "request");
    expect(request).toContain("--consumer ID-35.14/GOV/dinsos/bansos *");
    expect(request).toContain("--service ID-35.14/GOV/disdukcapil/siak/penduduk/v1 *");
    expect(await help("officer", "appoint")).toContain("--member ID-35.14/GOV/dinsos *");
  });

  it("explains every role in both languages, and shows where a token can be kept", async () => {
    const issue = await help("token", "issue");
    expect(issue).toContain("    --save FILE\n");
    for (const shown of [issue, await help("officer"), await help("officer", "appoint")])
      for (const role of roles) expect(shown).toMatch(new RegExp(`^ {4}${role} {2}\\S.+\n {8}\\(.+\\)$`, "m"));
  });

  it("of every act leaves no list of words unsaid", () => {
    const unsaid = [...actions.values()].flatMap(({ name, input }) =>
      flagsOf(input).flatMap(({ name: flag, form, slots }) => (form === "letters" && slots === undefined ? [`${name} --${flag}`] : [])),
    );
    expect(unsaid).toEqual([]);
    expect(Object.keys(kindOfWord).every((word) => word in verbs)).toBe(true);
  });
});

describe("an officer's slip", () => {
  let w: GatewayFixture;
  beforeAll(async () => void (w = await gatewayFixture()));
  afterAll(() => w.close());
  const simpul = (...words: readonly string[]) => here([...words, "--control", w.controlOrigin, "--data", w.config.data]);

  it.each([
    [["officer", "appoint", "Budi Santoso", "--member", "ID-16.03/GOV/dinsos"], "/id: nama samaran atau nama pendek: huruf kecil, angka"],
    [["officer", "appoint", "budi-1", "--member", "dinsos"], "/member: tulis anggota lengkap, seperti ID-35.14/GOV/dinsos"],
  ])("%j is told in words", async (words, told) => {
    const { status, stderr } = await simpul(...words, "--position", "Petugas", "--roles", "pd-officer");
    expect(status).toBe(1);
    expect(stderr).toContain(told);
    expect(stderr).not.toContain("pola ^");
  });

  it("a missing role is told with the roles that may, of which member, and those of the token", async () => {
    const { status, stderr } = await simpul("service", "propose", "--service", "ID-16.03/GOV/disdukcapil/siak/warga/v1");
    expect(status).toBe(1);
    expect(stderr).toContain("untuk peran pd-officer dari ID-16.03/GOV/disdukcapil; token Anda dari ID-16.03 berperan administrator.");
    expect(stderr).toContain("for the roles pd-officer of ID-16.03/GOV/disdukcapil; your token, of ID-16.03, has administrator.");
  });

  it("an officer's roles are changed under the same name, and a removal says why", async () => {
    const appoint = ["officer", "appoint", "budi-1", "--member", "ID-16.03/GOV/dinsos", "--position", "Petugas", "--roles", "pd-officer"];
    expect(await simpul(...appoint)).toMatchObject({ status: 0, stderr: "" });
    expect(await simpul("officer", "change", "budi-1", "--roles", "service-owner", "--reason", "SK 12/2026")).toMatchObject({ status: 0 });
    expect((await simpul("officer", "list")).stdout).toMatch(/^budi-1 .*service-owner$/m);
    expect((await simpul("officer", "change", "budi-1", "--reason", "tanpa perubahan")).status).toBe(1);
    expect(await simpul("officer", "remove", "budi-1", "--reason", "Pensiun")).toMatchObject({ status: 0 });
    expect((await simpul("officer", "list", "--state", "removed")).stdout).toContain("budi-1");
  });
});
