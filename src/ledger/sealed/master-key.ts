import { createSecretKey, randomBytes, type KeyObject } from "node:crypto";
import { decodeBase64, sha256 } from "../../base/bytes.ts";
import { sealingKeyBytes } from "./aead.ts";
import { LedgerFault } from "../fault.ts";
import { messages } from "./messages.ts";
import { readSecretFile } from "../secret-file.ts";

/**
 * The master keys of sealed records, from their file: base64 of 32 bytes a line, the newest first. The first wraps
 * the data keys. An older one is needed as long as a data key is wrapped under it.
 */
export interface MasterKeys {
  readonly file: string;
  readonly lines: readonly MasterKey[];
}

export interface MasterKey {
  /** Eight bytes of a hash of the key, in hex. A wrapped data key names its master key by it. */
  readonly id: string;
  /** The line in the file, from 1. */
  readonly line: number;
  readonly key: KeyObject;
}

/** A fresh line, with its line feed, for a file of mode 0600. */
export const newMasterKey = (): string => `${randomBytes(sealingKeyBytes).toString("base64")}\n`;

/**
 * Reads a key file. Throws `LedgerFault` if anyone but its owner may read it, if a line is no key, or if there is none.
 */
export const loadMasterKeys = (file: string): MasterKeys => parseMasterKeys(readSecretFile(file, messages.masterKey), file);

/** Reads the text of a key file; `file` says where it is. Throws `LedgerFault` as `loadMasterKeys` does. */
export function parseMasterKeys(text: string, file: string): MasterKeys {
  const lines = text.split("\n").flatMap((line, i) => (line.trim() === "" ? [] : [parseLine(line.trim(), file, i + 1)]));
  if (lines.length > 0) return { file, lines };
  throw new LedgerFault(messages.noKeyInFile(file));
}

function parseLine(text: string, file: string, line: number): MasterKey {
  const bytes = decodeBase64(text);
  if (bytes?.length !== sealingKeyBytes) throw new LedgerFault(messages.notAKeyLine(file, line));
  return {
    id: sha256(Buffer.concat([Buffer.from("simpul.id/evidence-key-id/v1\n"), bytes])).toString("hex", 0, 8),
    line,
    key: createSecretKey(bytes),
  };
}
