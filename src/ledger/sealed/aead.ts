import { createCipheriv, createDecipheriv, type KeyObject } from "node:crypto";
import { randomOctets } from "../../base/uuid.ts";

/** AES-256-GCM: a sealed text is nonce (96 random bits) ‖ ciphertext ‖ tag. It opens only with the same `context`. */
const algorithm = "aes-256-gcm";
export const sealingKeyBytes = 32;
const [nonceBytes, tagBytes] = [12, 16];

/** How many bytes longer a sealed text is than its plain text. */
const sealOverhead = nonceBytes + tagBytes;

export function seal(key: KeyObject, context: string, plain: Uint8Array): Buffer {
  const nonce = randomOctets(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(context));
  const hidden = cipher.update(plain);
  return Buffer.concat([nonce, hidden, cipher.final(), cipher.getAuthTag()]);
}

/** The plain text; `undefined` for another key, another context, or one changed bit. */
export function unseal(key: KeyObject, context: string, sealed: Uint8Array): Buffer | undefined {
  if (sealed.length < sealOverhead) return undefined;
  const tagAt = sealed.length - tagBytes;
  const cipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(context)).setAuthTag(sealed.subarray(tagAt));
  try {
    return Buffer.concat([cipher.update(sealed.subarray(nonceBytes, tagAt)), cipher.final()]);
  } catch {
    return undefined;
  }
}
