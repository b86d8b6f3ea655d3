import { describe, expect, it } from "vitest";
import { deal, signAhead } from "../../bench/measure/statements.ts";
import { consumerOf } from "../../bench/subjects/manifests.ts";
import { generateSigningKey } from "../../src/trust/key-proof.ts";
import { readStatement } from "../../src/trust/statement.ts";
import { createPublicKey } from "node:crypto";

describe("statements signed ahead", () => {
  it("are each verifiable, for this request, and used by nobody else", async () => {
    const key = generateSigningKey("ES256");
    const intention = { iss: consumerOf("ES256"), aud: "http://127.0.0.1:1", method: "GET", target: "/r1/a", purpose: "pengukuran" };
    const signed = await signAhead({ intention, key, count: 31 });
    const statements = signed.map((text) => {
      const statement = readStatement(text);
      if ("id" in statement) throw new Error(statement.en);
      return statement;
    });
    expect(statements).toHaveLength(31);
    expect(new Set(statements.map(({ claims }) => claims.jti)).size).toBe(31);
    for (const { claims, jws } of statements) {
      expect(claims).toMatchObject({ iss: intention.iss, htm: "GET", htu: "http://127.0.0.1:1/r1/a" });
      expect(jws.algorithm.verify(jws.input, createPublicKey(key.privateKey), jws.signature)).toBe(true);
    }
  });

  it("are dealt so that every connection has as many, and none that another has", () => {
    const hands = deal(
      Array.from({ length: 20 }, (_, i) => i),
      6,
    );
    expect(hands.map((hand) => hand.length)).toEqual([3, 3, 3, 3, 3, 3]);
    expect(new Set(hands.flat()).size).toBe(18);
  });
});
