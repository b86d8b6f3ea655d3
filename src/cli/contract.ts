import { basename, dirname } from "node:path";
import { parseArgs } from "node:util";
import { sha256 } from "../base/bytes.ts";
import { policiesFolder } from "../base/project.ts";
import { stacked } from "../base/text.ts";
import { readContract } from "../contract/check/read-contract.ts";
import { openFolder } from "../contract/reading/open-folder.ts";
import { loadPolicies } from "../registry/manifest/load-policies.ts";
import { readSource } from "../source/source.ts";
import { faultList } from "./fault-list.ts";
import { messages } from "./messages.ts";
import { readContractFile } from "./read-trial.ts";
import { CommandFault, UsageFault, type Verb } from "./verb.ts";

export const verb: Verb = {
  audience: "developer",
  usage: "contract show OPENAPI.yaml",
  summary: {
    id: "Menampilkan dokumen yang diturunkan dari sebuah kontrak, yang dipakai gerbang untuk menilai",
    en: "Shows the document derived from a contract, by which the gateway judges",
  },
  help: [
    {
      id:
        "Dokumen OpenAPI 3.1 sebagai JSON ke keluaran; apa yang diubah dan mengapa, dengan barisnya, ke keluaran galat, " +
        "begitu pula digest yang menjadi nama kontrak ini dalam registri.",
      en:
        "The OpenAPI 3.1 document as JSON on standard output; what was changed and why, with its line, on standard error, and so is the " +
        "digest by which the registry names this contract.",
    },
  ],
  options: {},
  exit: {
    0: { id: "registri menerima kontrak ini", en: "the registry takes this contract" },
    1: { id: "registri menolaknya, dengan alasannya", en: "it refuses it, with the reasons" },
  },
  run(args) {
    const [action, file, ...more] = parseArgs({ args: [...args], options: {}, allowPositionals: true }).positionals;
    if (action !== "show" || file === undefined || more.length > 0) throw new UsageFault(messages.nameOneContract);
    const { check, faults: broken } = loadPolicies(policiesFolder);
    if (check === undefined) throw new CommandFault(faultList(broken));
    const { source, faults: unread } = readSource(basename(file), readContractFile(file));
    if (source === undefined) throw new CommandFault(faultList(unread));
    const { reading, faults } = readContract(source, check, { folder: openFolder(dirname(file)) });
    for (const { file: name, line, column, code, detail } of reading?.notes ?? [])
      console.error(`${name}:${line}:${column} ${code}: ${stacked(detail, "    ")}`);
    if (reading === undefined || faults.length > 0) throw new CommandFault(faultList(faults));
    console.error(`digest  ${sha256(Buffer.from(JSON.stringify(reading.document))).toString("base64url")}`);
    console.log(JSON.stringify(reading.document, null, 2));
    return Promise.resolve(0);
  },
};
