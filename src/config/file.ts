import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type * as yaml from "yaml";
import type { Text } from "../base/text.ts";
import { messages } from "./messages.ts";
import { namesOf } from "./variables.ts";

/** Half of what a verb loads, so it is loaded only if there is a file. */
const loadYaml = (): typeof yaml => createRequire(import.meta.url)("yaml") as typeof yaml;

/** One key of the configuration file in kebab case, its value as written, and the place of the value (`simpul.yaml:3:14`). */
export interface FileEntry {
  readonly name: string;
  readonly text: string;
  readonly at: string;
}

export interface ConfigFileFault {
  readonly at: string;
  readonly detail: Text;
}

/**
 * Reads a flat YAML 1.2 mapping of names to scalars, or to lists of scalars, which are joined by commas. `shown` is the
 * file's name in faults. `undefined` if there is no such file.
 */
export function readConfigFile(
  file: string,
  shown: string,
): { readonly entries: readonly FileEntry[]; readonly faults: readonly ConfigFileFault[] } | undefined {
  let source: string;
  try {
    source = readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    return { entries: [], faults: [{ at: shown, detail: messages.unreadable(code) }] };
  }

  const { isMap, LineCounter, parseDocument } = loadYaml();
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${shown}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    return {
      entries: [],
      faults: document.errors.map((error) => ({ at: at(error.pos[0]), detail: messages.badYaml(error.message) })),
    };
  }

  const entries: FileEntry[] = [];
  const faults: ConfigFileFault[] = [];
  const root: yaml.Node | null = document.contents;
  if (root !== null && !isMap(root)) {
    faults.push({
      at: at(root.range?.[0] ?? 0),
      detail: messages.notAMapping,
    });
  }
  for (const { key, value } of isMap<yaml.Node, yaml.Node | null>(root) ? root.items : []) {
    const name = namesOf(textOf(key) ?? "").kebab;
    const text = textOf(value);
    const place = at((value ?? key).range?.[0] ?? key.range?.[0] ?? 0);
    if (text === undefined) {
      faults.push({
        at: place,
        detail: messages.notAValue(name),
      });
    } else if (entries.some((entry) => entry.name === name)) {
      faults.push({ at: place, detail: messages.givenTwice(name) });
    } else {
      entries.push({ name, text, at: place });
    }
  }
  return { entries, faults };
}

/** The scalar as it was written, so that the variable's own parser reads it and not YAML's idea of numbers. */
function textOf(node: yaml.Node | null): string | undefined {
  const { isScalar, isSeq } = loadYaml();
  if (isSeq<yaml.Node>(node)) {
    const parts = node.items.map((item) => (isScalar(item) ? textOf(item) : undefined));
    return parts.includes(undefined) ? undefined : parts.join(",");
  }
  if (!isScalar(node) || node.value === null) return undefined;
  return typeof node.value === "string" ? node.value : node.source;
}
