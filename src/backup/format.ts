import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formOf } from "../base/forms.ts";
import { countShape, form, having, is, listShape, textShape, type Shape } from "../base/shape.ts";
import { BackupFault } from "./backup-fault.ts";
import { messages } from "./messages.ts";

/** What `backup.json` says of the folder that it is in. Hashes are base64url H. */
export interface BackupManifest {
  readonly format: "simpul-backup";
  readonly v: 1;
  /** RFC 3339 in UTC: the moment of the copy. */
  readonly made: string;
  /** The version of the program that made it. */
  readonly program: string;
  readonly log: {
    readonly origin: string;
    readonly vkey: string;
    readonly size: number;
    /** The signed note over these leaves. */
    readonly checkpoint: string;
  };
  readonly registry: { readonly version: number; readonly registry: string; readonly policy: string };
  /** The file of encrypted keys that was made with it. */
  readonly keys?: { readonly sha256: string };
  /** Every file of the folder but `backup.json`. */
  readonly files: readonly BackupFile[];
}

export interface BackupFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

export const manifestName = "backup.json";

const hash = form(formOf("hash"));
const shape: Shape = having(
  {
    format: is("simpul-backup"),
    v: is(1),
    made: form(formOf("instant")),
    program: textShape,
    log: having({ origin: textShape, vkey: textShape, size: countShape, checkpoint: textShape }),
    registry: having({ version: countShape, registry: hash, policy: hash }),
    files: listShape(having({ name: form(/^(?:closed\/[a-z0-9][a-z0-9.-]*\/)?[a-z0-9][a-z0-9.-]*$/), bytes: countShape, sha256: hash }), {
      least: 1,
      most: 64,
    }),
  },
  { keys: having({ sha256: hash }) },
);

/**
 * Reads `backup.json` of a folder. Throws `BackupFault` where there is none, where it is not of the form, or where a later version of the
 * program made it.
 */
export function readBackupManifest(folder: string): BackupManifest {
  const file = join(folder, manifestName);
  const manifest = parse(file, folder);
  const { v, program } = manifest as { v?: unknown; program?: unknown };
  if (typeof v === "number" && v > 1) throw new BackupFault(messages.laterFormat(file, v, typeof program === "string" ? program : "?"));
  const wrong = shape(manifest, "");
  if (wrong !== undefined) throw new BackupFault(messages.notOfTheForm(file, wrong));
  return manifest as BackupManifest;
}

function parse(file: string, folder: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8")) ?? {};
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") throw new BackupFault(messages.noBackup(folder), cause);
    throw new BackupFault(code === undefined ? messages.notOfTheForm(file, "") : messages.cannotRead(file, code), cause);
  }
}
