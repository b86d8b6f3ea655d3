import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { freePort } from "../../src/base/free-port.ts";
import { projectFolder } from "../../src/base/project.ts";
import { here } from "../support/here.ts";

/** Per profile: where the instance ends, what it lacks first, and where the first service and the one with data classified rahasia end. */
const expected = [
  {
    profile: "muara-enim-52-2022",
    summary: "(In production under Perbup Muara Enim 52/2022; 6 of 7 services active.)",
    asked: [
      "✗ instance-opinions · Perbup Muara Enim 52/2022 P28(6)b",
      "✗ network-opinions · Perbup Muara Enim 52/2022 P20(2)",
      "– splp · Perpres 95/2018 P33",
    ],
    road: [
      "✓ registrar-1 · Mengaktifkan untuk produksi (Activate for production) · Perbup Muara Enim 52/2022 P28(6)",
      "✗ measures · project rule",
    ],
  },
  {
    profile: "pasuruan-111-2023",
    summary: "(In production under Perbup Pasuruan 111/2023; 6 of 7 services active.)",
    asked: [
      "✗ instance-opinions · Perbup Pasuruan 111/2023 P15(2)c",
      "✗ splp · Perbup Pasuruan 111/2023 P15(1)",
      "operasi, kominfo · Perbup Pasuruan 111/2023 P15(2)c",
      "keamanan, bssn · Perbup Pasuruan 111/2023 P15(2)d",
    ],
    road: ["✓ registrar-1 · Mengaktifkan untuk produksi (Activate for production)", "✗ measures · project rule"],
  },
  {
    profile: "serang-51-2022",
    summary: "(In production under Perbup Serang 51/2022; 6 of 7 services active.)",
    asked: [
      "✗ instance-opinions · Perbup Serang 51/2022 P15(2)c",
      "✗ splp · Perbup Serang 51/2022 P15(1)",
      "✓ registrar-2 · Menegaskan bukti (Confirm evidence) · splp",
    ],
    road: ["✓ registrar-1 · Mengaktifkan untuk produksi (Activate for production)", "✗ measures · project rule"],
  },
  {
    profile: "lubuklinggau-43-2021",
    summary: "(Still in preparation under Perwali Lubuklinggau 43/2021 (trusted-third-party); the exchanges below are among test members.)",
    asked: ["✗ trusted-third-party · Perwali Lubuklinggau 43/2021 P25(6)", "– instance-opinions · Perwali Lubuklinggau 43/2021"],
    road: [
      "verifikator-operasi-1 · Mencatat pertimbangan (Record an opinion) · Perwali Lubuklinggau 43/2021 P22(4)c",
      "Mengoordinasikan (Coordinate) · izin-tarif-pajak · Perwali Lubuklinggau 43/2021 P30(2)",
      "✗ production · project rule",
    ],
  },
  {
    profile: "banyuwangi-67-2019",
    summary: "(Still in preparation under Perbup Banyuwangi 67/2019 (staff-certificates); the exchanges below are among test members.)",
    asked: ["✗ staff-certificates · Perbup Banyuwangi 67/2019 P21(8)", "– instance-opinions · Perpres 95/2018 P33"],
    road: ["✗ classification · Perbup Banyuwangi 67/2019 P7(1)", "✗ production · project rule"],
  },
];

const exchanges = [
  "✓ HTTP 200 · tanda terima sah",
  "✓ HTTP 201 · tanda terima sah",
  "✗ HTTP 403 not-granted · tanda terima sah",
  "✗ HTTP 400 digest-mismatch · tanda terima sah",
  "✗ HTTP 409 replayed · tanpa tanda terima baru",
];

it.each(expected)(
  "under $profile the demo goes as far as the regulation lets it, and says by which pasal",
  async ({ profile, summary, asked, road }) => {
    const { status, stdout, stderr } = await here(["demo", "--once", "--road", "--profile", profile]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const lines = [summary, ...asked, ...road, ...exchanges, "(Why was the first call allowed?)", `profil ${profile} versi`];
    expect(lines.filter((line) => !stdout.includes(line))).toEqual([]);
  },
);

it("tells the road in a few lines, keeps all of it in a file, and leaves the exchanges as the last thing on the screen", async () => {
  const data = join(mkdtempSync(join(tmpdir(), "simpul-demo-")), "data");
  onTestFinished(() => rmSync(dirname(data), { recursive: true }));
  const args = ["demo", "--once", "--data", data, "--public-port", String(await freePort()), "--control-port", "0"];
  const first = await here(args);
  expect({ status: first.status, stderr: first.stderr }).toEqual({ status: 0, stderr: "" });
  const road = first.stdout.slice(0, first.stdout.indexOf("Instansi dalam produksi")).trimEnd().split("\n");
  expect(road.length).toBeLessThanOrEqual(14);
  expect(first.stdout).toContain("Layanan: dari usul sampai produksi (Services: from proposal to production): 6 dari 7 sampai tujuan");
  expect(first.stdout).toMatch(/^ +✗ ID-16\.03\/GOV\/dinkes\/rujukan\/rujukan\/v1: memang berhenti: .*mutual TLS/m);
  expect(road.filter((line) => line.length > 200)).toEqual([]);
  // After the explanation come the exchanges and nothing else.
  const last = first.stdout.slice(first.stdout.indexOf("1. Portal membaca"));
  expect(last).not.toContain("Mengapa panggilan pertama");
  expect(last.match(/^ {3}[✓✗] HTTP/gm)).toHaveLength(5);
  // The README shows what came, shortened; its ports are those of `npm start`.
  const shown = /^```\nSimpul melayani.*\n…\n([^]*?)^```$/m.exec(readFileSync(join(projectFolder, "README.md"), "utf8"))![1]!;
  expect(shown.split("\n").filter((line) => !first.stdout.includes(line))).toEqual([]);

  const told = readFileSync(join(data, "demo/jalan.txt"), "utf8");
  expect(told).toContain("✓ registrar-1 · Mengaktifkan untuk produksi (Activate for production)");
  expect(told).toMatch(/^ {3}diskominfo: registrar-1, /m);
  expect(told.split("\n").filter((line) => line.length > 300)).toEqual([]);
  // A later start has no road to take, and shows the first one's if it is asked to.
  expect((await here(args)).stdout).not.toContain("✓ registrar-1 ·");
  expect((await here([...args, "--road"])).stdout).toContain(told.trimEnd());
});
