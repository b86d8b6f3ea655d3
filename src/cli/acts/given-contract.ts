import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Control } from "../../control-client/control-client.ts";
import { CommandFault, UsageFault } from "../verb.ts";
import { messages } from "./given-contract-messages.ts";
import { messages as acts } from "./messages.ts";

interface Given {
  readonly contract: string;
  readonly given: readonly { readonly path: string; readonly digest: string; readonly text: string }[];
}

/** Prints a contract as it was given, or writes it with the files that it names into a folder, in which nothing is overwritten. */
export async function printGivenContract(
  control: Control,
  id: string | undefined,
  json: boolean,
  out: string | undefined,
): Promise<number> {
  if (id === undefined) throw new UsageFault(acts.nameAnId);
  const found = (await control.get(`/v1/services/${encodeURIComponent(id)}/contract`)) as Given;
  const contract = found.given.find(({ path }) => path === "openapi.yaml");
  if (contract === undefined) throw new CommandFault(messages.notKept(found.contract));
  if (json) console.log(JSON.stringify(found));
  else if (out === undefined) process.stdout.write(contract.text);
  const isInside = ({ path }: Given["given"][number]): boolean => !path.split("/").some((step) => step === ".." || step === "");
  for (const { path, digest, text } of out === undefined ? [] : found.given.filter(isInside)) {
    const file = join(out!, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: "wx" });
    if (!json) console.log(`  + ${file}  ${digest}`);
  }
  return 0;
}
