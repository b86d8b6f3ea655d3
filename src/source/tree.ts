import { isUtf8 } from "node:buffer";
import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { faultAt, type ManifestFault, type SourcePlace } from "./fault.ts";

/** Reads a tree of files from an untrusted author; what it cannot take becomes a fault. */
export interface Tree {
  /** The names in a folder, sorted, without README.md. */
  list(folder: string): readonly { readonly name: string; readonly folder: boolean }[];
  /** The text of a file; `undefined`, with a fault, if it is not UTF-8 or is larger than `maxBytes`. */
  read(file: string, maxBytes: number): string | undefined;
  readonly faults: ManifestFault[];
}

export const fileStart = (file: string): SourcePlace => ({ file, line: 1, column: 1 });

export type TextFile = { readonly text: string; readonly fault: undefined } | { readonly text: undefined; readonly fault: ManifestFault };

/** A file of an untrusted author: UTF-8 without a byte order mark, at most `maxBytes`. `shown` is how a fault names it. */
export function readTextFile(path: string, maxBytes: number, shown: string): TextFile {
  const fault = (code: "file-too-large" | "file-encoding", ...words: [string] | []): TextFile => ({
    text: undefined,
    fault: faultAt(fileStart(shown), code, ...(words as [])),
  });
  if (statSync(path).size > maxBytes) return fault("file-too-large", String(maxBytes));
  const bytes = readFileSync(path);
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return isUtf8(bytes) && !marked ? { text: bytes.toString(), fault: undefined } : fault("file-encoding");
}

/** `label` is how faults name the root. Throws if the root does not exist. */
export function openTree(root: string, label: string): Tree {
  const faults: ManifestFault[] = [];
  const bounds = realpathSync(root);
  const shown = (path: string): string => (path === "" ? label : `${label}/${path}`);

  /**
   * A link may lead to a file of the tree. One that leads out could bring any file of the host into the registry; one
   * to a folder, an endless walk.
   */
  const kindOf = (path: string): "file" | "folder" | undefined => {
    try {
      const real = realpathSync(join(root, path));
      const stat = statSync(real);
      if (stat.isFile() && real.startsWith(bounds + sep)) return "file";
      if (stat.isDirectory() && !lstatSync(join(root, path)).isSymbolicLink()) return "folder";
    } catch {
      // a link to nowhere, or a circle of links
    }
    faults.push(faultAt(fileStart(shown(path)), "file-irregular"));
    return undefined;
  };

  return {
    faults,
    list(folder) {
      const names = readdirSync(join(root, folder))
        .filter((name) => name !== "README.md")
        .sort();
      return names.flatMap((name) => {
        const kind = kindOf(folder === "" ? name : `${folder}/${name}`);
        return kind === undefined ? [] : [{ name, folder: kind === "folder" }];
      });
    },
    read(file, maxBytes) {
      const { text, fault } = readTextFile(join(root, file), maxBytes, shown(file));
      if (fault !== undefined) faults.push(fault);
      return text;
    },
  };
}
