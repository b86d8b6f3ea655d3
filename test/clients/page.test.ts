import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import type { JsonWebKeyInput } from "node:crypto";
import { describe, expect, it } from "vitest";
import { problems } from "../../src/base/problem.ts";

const docs = new URL("../../docs/", import.meta.url);
const page = readFileSync(new URL("client.md", docs), "utf8");

/** The content of the one fenced block whose info string is `info`. */
function block(info: string): string {
  const found = [...page.matchAll(/^```(.*)\n([^]*?)\n```$/gm)].filter(([, name]) => name === info);
  expect(found, info).toHaveLength(1);
  return found[0]![2]!;
}
const sha256 = (octets: string, encoding: "base64" | "base64url"): string => createHash("sha256").update(octets).digest(encoding);

describe("docs/client.md", () => {
  it.each(readdirSync(new URL("clients/", docs)))("leads to %s", (file) => expect(page).toContain(`(clients/${file})`));

  it("says what to do about every refusal that a caller can see, with its status", () => {
    const rows = [...page.matchAll(/^\| <a id="(.+)"><\/a>`\1` \| (\d{3}) \| .+ \| \*.+\* \|$/gm)].map(([, code, status]) => [
      code,
      Number(status),
    ]);
    const seen = Object.entries(problems).filter(([code]) => code !== "caller-gone" && code !== "outcome-unknown");
    expect(rows).toEqual(seen.map(([code, { status }]) => [code, status]));
  });

  it("computes every field of its worked example from the bytes that it shows", () => {
    const [content, digest, claims] = [block("json content"), block("text digest"), block("json claims")];
    expect(digest).toBe(`sha-256=:${sha256(content, "base64")}:`);
    expect(page).toContain(`Content-Length: ${content.length}\nContent-Digest: ${digest}\n`);
    expect(sha256(block("json key"), "base64url")).toBe(block("text kid"));
    expect(JSON.parse(block("json header"))).toEqual({ alg: "RS256", kid: block("text kid"), typ: "spl-req+jwt" });
    expect(JSON.parse(claims)).toMatchObject({ htm: "POST", digest, ctype: "application/json" });
    expect(sha256(claims, "base64url")).toBe(block("text hash"));

    const [header, payload, signature] = block("text statement").replaceAll("\n", "").split(".") as [string, string, string];
    expect(Buffer.from(header, "base64url").toString()).toBe(block("json header"));
    expect(Buffer.from(payload, "base64url").toString()).toBe(claims);
    const key = createPublicKey({ key: JSON.parse(block("json key")) as JsonWebKeyInput["key"], format: "jwk" });
    expect(verify("sha256", Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, "base64url"))).toBe(true);
  });

  it("leads to no heading that it does not have", () => {
    const anchors = new Set(
      [...page.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
        title!
          .toLowerCase()
          .replaceAll(/[^\p{L}\d\s-]/gu, "")
          .replaceAll(/\s/g, "-"),
      ),
    );
    for (const [, anchor] of page.matchAll(/\]\(#(.+?)\)/g)) expect(anchors).toContain(anchor);
  });
});
