import { Problem } from "../base/problem.ts";
import type { Snapshot } from "../registry/snapshot.ts";
import type { RegisteredKey } from "../trust/registered-key.ts";
import { keyFault } from "../trust/key-fault.ts";
import { maxAheadSeconds, maxLifetimeSeconds, readStatement, type Statement } from "../trust/statement.ts";
import type { RequestHead } from "./head.ts";

/** A consumer whose statement verified: only `authenticate` makes one. */
export interface Caller {
  readonly statement: Statement;
  readonly key: RegisteredKey;
}

/** Check 4: there is a statement and it is well-formed. */
export function requireStatement(head: RequestHead, asks: "exchange" | "receipt"): Statement {
  if (head.signature === undefined) throw new Problem("statement-missing");
  if (head.batched) {
    throw invalid(
      "Gerbang ini belum menerima profil B; kirimlah setiap pernyataan sebagai profil A.",
      "This gateway does not take profile B; send each statement as profile A.",
    );
  }
  const statement = readStatement(head.signature);
  if ("id" in statement) throw new Problem("statement-invalid", { detail: statement });
  const { purpose } = statement.claims;
  if (asks === "exchange" && purpose === undefined) throw invalid("Klaim purpose tidak ada.", "The claim purpose is missing.");
  if (asks === "receipt" && purpose !== undefined)
    throw invalid("Permintaan tanda terima tidak memakai purpose.", "A request for a receipt has no purpose.");
  return statement;
}

/** Checks 5 to 7: the key may be used, the statement is about this request and this time, and it is signed. */
export function authenticateConsumer(
  snapshot: Snapshot,
  publicOrigin: string,
  head: RequestHead,
  statement: Statement,
  now: number,
): Caller {
  const key = requireKey(snapshot, statement, now);
  checkTimes(statement, now);
  checkSubject(publicOrigin, head, statement);
  const { jws } = statement;
  if (!jws.algorithm.verify(jws.input, key.publicKey, jws.signature)) throw new Problem("signature-invalid");
  return { statement, key };
}

function requireKey(snapshot: Snapshot, { claims, jws }: Statement, now: number): RegisteredKey {
  const key = snapshot.keys.get(jws.kid);
  if (key === undefined) throw new Problem("key-unknown");
  const fault = keyFault(key, jws, claims.iss, now);
  if (fault !== undefined) throw new Problem("key-invalid", { detail: fault });
  return key;
}

/** Clocks are the first thing that goes wrong at a PD, so the refusal says what time it is here and by how much they differ. */
function checkTimes({ claims }: Statement, now: number): void {
  const seconds = Math.floor(now / 1000);
  if (claims.exp - claims.iat > maxLifetimeSeconds || claims.exp <= claims.iat) {
    throw invalid(
      `exp harus setelah iat, paling lama ${maxLifetimeSeconds} detik.`,
      `exp must be after iat, by at most ${maxLifetimeSeconds} seconds.`,
    );
  }
  if (claims.exp <= seconds) {
    throw expired(
      `Pernyataan habis waktu: jam gerbang ${time(now)}, exp sudah lewat ${seconds - claims.exp} detik, iat ${seconds - claims.iat} detik yang lalu.`,
      `The statement has expired: the gateway's clock says ${time(now)}, exp passed ${seconds - claims.exp} seconds ago, iat was ${seconds - claims.iat} seconds ago.`,
    );
  }
  if (claims.iat > seconds + maxAheadSeconds) {
    throw expired(
      `iat ada di masa depan: jam gerbang ${time(now)}, iat ${claims.iat - seconds} detik di depannya; setel jam Anda (NTP).`,
      `iat is in the future: the gateway's clock says ${time(now)}, iat is ${claims.iat - seconds} seconds ahead; set your clock (NTP).`,
    );
  }
}

function checkSubject(publicOrigin: string, head: RequestHead, { claims }: Statement): void {
  if (claims.aud !== publicOrigin) throw invalid(`aud harus ${publicOrigin}.`, `aud must be ${publicOrigin}.`);
  if (claims.htm !== head.method) throw differs("htm", "metode", "method");
  if (claims.htu !== publicOrigin + head.path) throw differs("htu", "jalur yang dikirim", "path as sent");
  if (claims.htq !== head.query) throw differs("htq", "kueri yang dikirim", "query as sent");
  if (claims.ctype !== head.contentType) throw differs("ctype", "Content-Type", "Content-Type");
  if (claims.digest !== head.digest) throw differs("digest", "Content-Digest", "Content-Digest");
}

const time = (now: number): string => new Date(now).toISOString();
const invalid = (id: string, en: string) => new Problem("statement-invalid", { detail: { id, en } });
const expired = (id: string, en: string) => new Problem("statement-expired", { detail: { id, en } });
const differs = (claim: string, id: string, en: string) =>
  invalid(`Klaim ${claim} berbeda dari ${id}.`, `The claim ${claim} differs from the ${en}.`);
