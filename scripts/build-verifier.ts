import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { rolldown } from "rolldown";
import { projectFolder } from "../src/base/project.ts";

/** The head of the file. It names one licence, so the file may contain the project's own code only. */
const licence = `#!/usr/bin/env node
/*!
 * simpul-verify: memeriksa tanda terima dan bundel bukti pertukaran data, tanpa jaringan dan tanpa basis data.
 * simpul-verify: checks receipts and bundles of evidence of data exchanges, without network and without database.
 *
 *   node simpul-verify.mjs --vkey VKEY FILE        Node 20.12 atau lebih baru (or newer)
 *
 * Bagian dari Simpul (part of Simpul), version {version}. Tidak memuat kode pihak lain (contains no code of third parties).
 * SPDX-License-Identifier: Apache-2.0
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at http://www.apache.org/licenses/LICENSE-2.0
 * Unless required by applicable law or agreed to in writing, software distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied. See the License for the specific language governing
 * permissions and limitations under the License.
 */
`;

/**
 * Writes `simpul verify` as one file that needs no other, and gives its SHA-256 in hex. The same sources give the same bytes. Throws if
 * code of a package is in it, since the file's licence would then be incomplete.
 */
export async function buildVerifier(to: string, version: string): Promise<string> {
  const bundler = await rolldown({ input: join(projectFolder, "src/cli/verify/alone.ts"), platform: "node" });
  const { output } = await bundler.generate({ format: "esm", minify: false });
  await bundler.close();
  const [{ code, moduleIds, imports }] = output;
  const foreign = [
    ...moduleIds.filter((id) => !id.startsWith("\0") && relative(projectFolder, id).split(/[\\/]/)[0] !== "src"),
    ...imports.filter((name) => !name.startsWith("node:")),
  ];
  if (output.length !== 1 || foreign.length > 0) throw new Error(`not one file of the project alone: ${foreign.join(", ")}`);
  const file = licence.replace("{version}", version) + code.replaceAll(/^\/\/#(?:end)?region.*\n/gm, "");
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, file, { mode: 0o755 });
  return createHash("sha256").update(file).digest("hex");
}

if (import.meta.main) {
  const { default: manifest } = await import("../package.json", { with: { type: "json" } });
  const to = join(projectFolder, "dist", "simpul-verify.mjs");
  console.log(`${await buildVerifier(to, manifest.version)}  ${relative(process.cwd(), to)}`);
}
