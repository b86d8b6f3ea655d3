import { randomBytes } from "node:crypto";
import { claimsFor, signStatement } from "../../src/trust/sign.ts";
import { generateSigningKey } from "../../src/trust/key-proof.ts";
import { readStatement, type Statement } from "../../src/trust/statement.ts";

const key = generateSigningKey("Ed25519");

export const newJti = (): string => randomBytes(16).toString("base64url");

/** A statement made at a moment (ms), valid for five minutes. */
export function madeAt(ms: number, over: { readonly iss?: string; readonly jti?: string; readonly target?: string } = {}): Statement {
  const { iss = "ID-16.03/GOV/dinsos/bansos", jti = newJti(), target = "/r1/x" } = over;
  const claims = claimsFor({
    iss,
    aud: "http://gw.example",
    method: "GET",
    target,
    purpose: "uji",
    nowSeconds: ms / 1000,
    lifetimeSeconds: 300,
  });
  return readStatement(signStatement({ ...claims, jti }, key)) as Statement;
}
