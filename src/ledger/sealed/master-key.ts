import { createSecretKey, randomBytes, type KeyObject } from "node:crypto";
import { decodeBase64, sha256 } from "../../base/bytes.ts";
import { sealingKeyBytes } from "./aead.ts";
import { LedgerFault } from "../fault.ts";
import { readSecretFile } from "../secret-file.ts";

/**
 * The master keys of the evidence, as their file says them: a line each, base64 of 32 bytes, the newest first. The first wraps the data keys; those
 * below are there until nothing is wrapped under them any more.
 */
export interface MasterKeys {
  readonly file: string;
  readonly lines: readonly MasterKey[];
}

export interface MasterKey {
  /** What a wrapped key says of the one that wraps it: eight bytes of a hash, in hex. */
  readonly id: string;
  /** In the file, from 1. */
  readonly line: number;
  readonly key: KeyObject;
}

/** A fresh line, with its line feed, for a file of mode 0600. */
export const newMasterKey = (): string => `${randomBytes(sealingKeyBytes).toString("base64")}\n`;

/** Reads a key file. Throws `LedgerFault` if others than its owner may read it, for a line that is no key, and if there is none. */
export function loadMasterKeys(file: string): MasterKeys {
  const lines = readSecretFile(file, { id: "kunci bukti", en: "evidence key" })
    .split("\n")
    .flatMap((text, i) => (text.trim() === "" ? [] : [parseLine(text.trim(), file, i + 1)]));
  if (lines.length > 0) return { file, lines };
  throw new LedgerFault({ id: `${file} tidak berisi kunci bukti`, en: `${file} holds no evidence key` });
}

function parseLine(text: string, file: string, line: number): MasterKey {
  const bytes = decodeBase64(text);
  if (bytes?.length !== sealingKeyBytes) {
    throw new LedgerFault({
      id: `${file} baris ${line} bukan kunci bukti (base64 dari 32 bita)`,
      en: `${file} line ${line} is no evidence key (base64 of 32 bytes)`,
    });
  }
  return {
    id: sha256(Buffer.concat([Buffer.from("simpul.id/evidence-key-id/v1\n"), bytes])).toString("hex", 0, 8),
    line,
    key: createSecretKey(bytes),
  };
}
