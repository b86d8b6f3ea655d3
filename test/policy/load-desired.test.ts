import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { loadDesired } from "../../src/policy/load-desired.ts";
import { policiesFolder as policies } from "../../src/base/project.ts";
import { writeTree } from "../support/manifest-tree.ts";

let folder: string;
let tree: ReturnType<typeof writeTree>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "simpul-policies-"));
  cpSync(policies, folder, { recursive: true });
  tree = writeTree();
});
afterEach(() => {
  tree.remove();
  rmSync(folder, { recursive: true });
});

const edit = (name: string, from: string, to: string): void => {
  const text = readFileSync(join(folder, name), "utf8");
  expect(text).toContain(from);
  writeFileSync(join(folder, name), text.replace(from, to));
};
const faults = async (): Promise<readonly string[]> =>
  (await loadDesired({ services: tree.services, policies: folder })).faults.map(({ file, code }) => `${file} ${code}`);

it("Policies and manifests without a fault are what the registry should hold", async () => {
  const { desired } = await loadDesired({ services: tree.services, policies: folder });
  expect(new Set(desired!.entries.map(({ kind }) => kind))).toContain("grant");
  expect(desired!.entries.map(({ id }) => id)).toContain("regulations/base.yaml");
});

it("Every fault of manifests, of policies' structure and of what policies mean is there at once, and once", async () => {
  writeFileSync(join(tree.services, "instance.yaml"), "instance: 1\n");
  edit("regulations/muara-enim-52-2022.yaml", 'region: "16.03"', "region: 16.03");
  edit("regulations/serang-51-2022.yaml", "profile: serang-51-2022", "profile: serang");
  edit("standards/lid-spl-1.0.0.yaml", "version: 1.0.0\n", "version: 1.0.1\n");
  appendFileSync(join(folder, "classification.yaml"), "\n: [\n");
  const found = await faults();
  expect(new Set(found)).toEqual(
    new Set([
      "policies/classification.yaml yaml-invalid",
      "policies/regulations/muara-enim-52-2022.yaml schema",
      "policies/regulations/serang-51-2022.yaml id-file",
      "policies/standards/lid-spl-1.0.0.yaml name-wrong",
      "services/instance.yaml schema",
    ]),
  );
  const places = (await loadDesired({ services: tree.services, policies: folder })).faults.map((fault) => JSON.stringify(fault));
  expect(new Set(places).size).toBe(places.length);
});

it("Without the base there are no profiles, and it is missed once", async () => {
  rmSync(join(folder, "regulations/base.yaml"));
  expect(await faults()).toEqual(["policies file-missing"]);
});

it("Without a schema nothing can be held to it: no manifest is read", async () => {
  rmSync(join(folder, "schema/member.json"));
  writeFileSync(join(tree.services, "instance.yaml"), "instance: 1\n");
  expect(await faults()).toEqual(["policies file-missing"]);
});
