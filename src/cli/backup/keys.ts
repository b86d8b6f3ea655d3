import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { openKeys, type InstanceKeys, type KeyLock } from "../../backup/seal-keys.ts";
import type { Text } from "../../base/text.ts";
import { readSecretFile } from "../../ledger/secret-file.ts";
import { CommandFault, UsageFault } from "../verb.ts";
import { askSecret } from "./ask-secret.ts";
import { messages } from "./messages.ts";

interface Choice {
  readonly "passphrase-file"?: string | undefined;
  readonly recipient?: string | undefined;
  readonly identity?: string | undefined;
  readonly "without-keys"?: boolean | undefined;
}

/** For whom the keys are encrypted, by the options; a passphrase is asked for on a terminal, twice. `undefined`: the keys stay. */
export async function chooseLock(choice: Choice): Promise<KeyLock | undefined> {
  const given = [choice["passphrase-file"], choice.recipient, choice["without-keys"]].filter((option) => option !== undefined);
  if (given.length > 1) throw new UsageFault(messages.oneLock);
  if (choice["without-keys"] === true) return undefined;
  if (choice.recipient !== undefined) return { recipient: readX25519(choice.recipient, createPublicKey, "-----BEGIN PUBLIC KEY-----") };
  if (choice["passphrase-file"] !== undefined) return { passphrase: readPassphrase(choice["passphrase-file"]) };
  const passphrase = await askSecret(messages.askPassphrase, messages.chooseLock);
  if ((await askSecret(messages.askAgain, messages.chooseLock)) !== passphrase) throw new CommandFault(messages.passphrasesDiffer);
  return { passphrase };
}

/** The keys in a file that `backup` made. */
export async function openBackedUpKeys(file: string, choice: Choice): Promise<InstanceKeys> {
  if (choice.identity !== undefined && choice["passphrase-file"] !== undefined) throw new UsageFault(messages.oneOpener);
  const sealed = readFileSync(file, "utf8");
  if (choice.identity !== undefined) {
    readSecretFile(choice.identity, messages.identityFile);
    return openKeys(sealed, { identity: readX25519(choice.identity, createPrivateKey, "-----BEGIN PRIVATE KEY-----") }, file);
  }
  const named = choice["passphrase-file"];
  return openKeys(
    sealed,
    { passphrase: named === undefined ? await askSecret(messages.askPassphrase, messages.chooseOpener) : readPassphrase(named) },
    file,
  );
}

/** The first line, so that an editor may end it. */
const readPassphrase = (file: string): string => readSecretFile(file, messages.passphraseFile).split(/\r?\n/, 1)[0]!;

/** A PEM file as `openssl genpkey -algorithm X25519` writes it. A private key in the place of a public one is refused. */
function readX25519(file: string, read: (pem: string) => KeyObject, begins: string): KeyObject {
  const pem = readFileSync(file, "utf8");
  const wrong = (detail: (file: string) => Text): CommandFault => new CommandFault(detail(file));
  if (!pem.includes(begins)) throw wrong(begins.includes("PUBLIC") ? messages.notARecipient : messages.notAnIdentity);
  try {
    const key = read(pem);
    if (key.asymmetricKeyType === "x25519") return key;
  } catch {
    // Not a key at all: said below.
  }
  throw wrong(begins.includes("PUBLIC") ? messages.notARecipient : messages.notAnIdentity);
}
