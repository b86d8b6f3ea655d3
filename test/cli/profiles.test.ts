import { describe, expect, it } from "vitest";
import { here } from "../support/here.ts";

interface Printed {
  readonly profiles: readonly {
    readonly id: string;
    readonly version: string;
    readonly region: string;
    readonly digest: string;
    readonly answers: Readonly<Record<string, object>>;
  }[];
}

const known = ["banyuwangi-67-2019", "lubuklinggau-43-2021", "muara-enim-52-2022", "pasuruan-111-2023", "serang-51-2022"];

describe("simpul profiles", () => {
  it("--json prints every profile with every answer, and nothing else", async () => {
    const { status, stdout, stderr } = await here(["profiles", "--json"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const printed = JSON.parse(stdout) as Printed;
    expect(Object.keys(printed)).toEqual(["profiles"]);
    expect(printed.profiles.map(({ id }) => id)).toEqual(known);
    for (const profile of printed.profiles) {
      expect(Object.keys(profile)).toEqual(["id", "version", "region", "digest", "answers"]);
      expect(profile.digest).toMatch(/^[A-Za-z0-9_-]{43}$/);
      for (const answer of Object.values(profile.answers)) expect(Object.keys(answer)).toEqual(["value", "cite", "basis", "id", "en"]);
    }
    const muaraEnim = printed.profiles.find(({ id }) => id === "muara-enim-52-2022")!;
    expect(muaraEnim).toMatchObject({ version: "1.0.0", region: "16.03" });
    expect(muaraEnim.answers["approvals.spl.operasi.authority"]).toEqual({
      value: "dinas",
      cite: "P28(6)b",
      basis: "Perbup Muara Enim 52/2022",
      id: "Pertimbangan kelayakan operasi didapatkan dari Dinas.",
      en: "The opinion on fitness for operation comes from the Dinas.",
    });
    expect(muaraEnim.answers["splp.required"]).toMatchObject({ value: null, cite: null, basis: "Perpres 95/2018 P33" });
  });

  it("--json of one profile prints that one in the same form", async () => {
    const printed = JSON.parse((await here(["profiles", "serang-51-2022", "--json"])).stdout) as Printed;
    expect(printed.profiles.map(({ id }) => id)).toEqual(["serang-51-2022"]);
  });

  it("puts side by side, below each question, who answers alike and by which pasal", async () => {
    const { status, stdout } = await here(["profiles", "--all"]);
    expect(status).toBe(0);
    expect(stdout).toContain(`
1  Siapa yang memberi pertimbangan kelaikan operasi SPL?
    (Who gives the opinion on the SPL's fitness for operation?)
    approvals.spl.operasi.authority
      –             banyuwangi-67-2019 (Perpres 95/2018 P33)
      dinas         lubuklinggau-43-2021 P22(4)c · muara-enim-52-2022 P28(6)b
      kominfo       pasuruan-111-2023 P15(2)c · serang-51-2022 P15(2)c
`);
  });

  it("lists the profiles, short enough for a screen, and says how to see more", async () => {
    const { status, stdout } = await here(["profiles"]);
    expect(status).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.slice(0, 5).map((line) => line.split(" ")[0])).toEqual(known);
    expect(lines.length).toBeLessThan(10);
    expect(stdout).toContain("profiles show ID");
    expect(await here(["profiles", "show", "serang-51-2022"])).toEqual(await here(["profiles", "serang-51-2022"]));
    expect(await here(["profiles", "show"])).toMatchObject({ status: 2, stdout: "" });
  });

  it("prints one profile with its paraphrases and readings", async () => {
    const { status, stdout } = await here(["profiles", "lubuklinggau-43-2021"]);
    expect(status).toBe(0);
    expect(stdout).toContain("    transition.until: 2023-11-16  P49\n      Yang sudah berjalan harus menyesuaikan");
    expect(stdout).toContain("    P22(2), P22(3)\n      Setiap PD wajib menyediakan SPL;");
    expect(stdout).not.toContain("muara-enim");
  });

  it("diff shows where two differ, with the pasal of both, whichever is named first", async () => {
    const [there, back] = await Promise.all([
      here(["profiles", "diff", "muara-enim-52-2022", "pasuruan-111-2023"]),
      here(["profiles", "diff", "pasuruan-111-2023", "muara-enim-52-2022"]),
    ]);
    expect(there.status).toBe(0);
    expect(there.stdout).toContain(
      "    splp.required\n      muara-enim-52-2022  –  (Perpres 95/2018 P33)\n      pasuruan-111-2023   true  P15(1)\n",
    );
    expect(back.stdout).toContain(
      "    splp.required\n      pasuruan-111-2023   true  P15(1)\n      muara-enim-52-2022  –  (Perpres 95/2018 P33)\n",
    );
    expect(there.stdout).not.toContain("audit.everyMonths");
    expect(there.stdout.split("\n").sort()).toEqual(back.stdout.split("\n").sort());
  });

  it.each([
    [["lumajang"], "Profil lumajang tidak ada; yang ada: banyuwangi-67-2019", "There is no profile lumajang; there is: "],
    [["diff", "serang-51-2022", "x"], "Profil x tidak ada", "There is no profile x"],
    [["diff", "serang-51-2022"], "Sebutkan dua profil", "Name two profiles"],
    [["diff"], "Sebutkan dua profil", "Name two profiles"],
    [["serang-51-2022", "pasuruan-111-2023"], "Sebutkan satu profil: show ID.", "Name one profile: show ID."],
  ])("%j is misunderstood in words", async (args, id, en) => {
    const run = await here(["profiles", ...args]);
    expect(run).toMatchObject({ status: 2, stdout: "" });
    expect(run.stderr).toContain(id);
    expect(run.stderr).toContain(en);
    expect(run.stderr).toContain("./simpul profiles [show ID | diff ID ID | --all] [--json]");
  });
});
