import type { AuditedInstance } from "../../audit/instance.ts";
import { dataDirectory } from "../../base/store-location.ts";
import type { Letter } from "../../registry/entry.ts";
import { followRegistry } from "../../registry/follow.ts";
import { entryName } from "../../registry/plan.ts";
import { storesAt } from "../../store/open.ts";
import { fetchBytes } from "./over-http.ts";

/** Entries with letters of authorities and officers. */
const withLetters = ["instance", "member", "revision", "opinion", "evidence", "exemption", "grant"] as const;

/** The instance of a data directory, with the letters in its registry. Nothing where there is no registry that can be read. */
export async function instanceIn(data: string): Promise<AuditedInstance | undefined> {
  const stores = storesAt(dataDirectory(data));
  if (!stores.hasRegistry()) return undefined;
  const store = stores.openRegistry({ readOnly: true });
  try {
    const registry = await followRegistry(store).newest();
    const [instance] = registry.of("instance");
    if (instance === undefined) return undefined;
    const letters = new Map<string, readonly string[]>();
    for (const kind of withLetters)
      for (const entry of registry.of(kind)) {
        const found = lettersIn(entry.content).map(([what, { number, date, sha256 }]) => `${what}${number}, ${date}, sha256 ${sha256}`);
        if (found.length > 0) letters.set(entryName(entry), [...new Set(found)]);
      }
    return { id: instance.id, name: instance.content.name, timeZone: instance.content.timeZone, letters };
  } catch {
    // What the registry says is a help to the reader; a log is audited without it.
    return undefined;
  } finally {
    await store.close();
  }
}

/** Letters, each with what it is: the authority whose opinion it has, or the slot of the dossier that it fills (`fungsi-dan-modul: `). */
function lettersIn(value: unknown, name = "", authority = ""): readonly (readonly [what: string, letter: Letter])[] {
  if (typeof value !== "object" || value === null) return [];
  if (isLetter(value)) {
    const what = name === "letter" ? authority : name;
    return [[what === "" ? "" : `${what}: `, value]];
  }
  const from = "authority" in value && typeof value.authority === "string" ? value.authority : authority;
  return Object.entries(value).flatMap(([member, one]) => lettersIn(one, Array.isArray(value) ? name : member, from));
}

const isLetter = (value: object): value is Letter =>
  ["number", "date", "sha256"].every((name) => typeof (value as Record<string, unknown>)[name] === "string");

/** The instance of a gateway, as its public port tells those inside the intra network. */
export async function instanceAt(log: string): Promise<AuditedInstance | undefined> {
  try {
    const said = JSON.parse(String(await fetchBytes(new URL("/", log).href))) as Readonly<Record<string, unknown>>;
    const { instance: id, instanceName: name, timeZone } = said;
    if (typeof id !== "string" || typeof name !== "string" || typeof timeZone !== "string") return undefined;
    return { id, name, timeZone, letters: new Map() };
  } catch {
    return undefined;
  }
}
