import { storesAt } from "../../src/store/open.ts";
import type { Claims } from "../../src/trust/statement.ts";
import { transmit, type Sent } from "../../src/agent/consumer.ts";
import { parseCheckpoint } from "../../src/ledger/checkpoint.ts";
import type { ControlLeaf, ExchangeLeaf, RefusalsLeaf } from "../../src/ledger/leaf.ts";
import { decodeEntryBundle, tilesOf } from "../../src/ledger/tiles.ts";
import type { Environment } from "./gateway-fixture.ts";

export type ReadLeaf = { readonly index: number } & Partial<
  Omit<ExchangeLeaf, "type"> & Omit<RefusalsLeaf, "type"> & Omit<ControlLeaf, "type">
> &
  Pick<ExchangeLeaf, "id"> & { readonly type: string };

/** The leaves of an environment's log as they are in the file, as bytes. */
export async function leafBytes({ config }: Environment): Promise<Buffer[]> {
  const log = storesAt(config.ledger).readLog();
  try {
    const { size } = parseCheckpoint(await log.checkpoint())!;
    const leaves: Buffer[] = [];
    for (const { n, width } of tilesOf(size, "entries")) leaves.push(...decodeEntryBundle((await log.tile("entries", n, width))!));
    return leaves;
  } finally {
    await log.close();
  }
}

/** The same, read. */
export async function leavesOf(environment: Environment): Promise<ReadLeaf[]> {
  return (await leafBytes(environment)).map((bytes, index) => ({
    ...(JSON.parse(bytes.toString("utf8")) as Omit<ReadLeaf, "index">),
    index,
  }));
}

/** Sends a statement once more, as someone who recorded it could. */
export function again(
  { publicOrigin }: Pick<Environment, "publicOrigin">,
  { statement, claims, content }: Pick<Sent, "statement" | "claims" | "content">,
): Promise<Sent> {
  const { htm, htu, htq, digest, ctype } = JSON.parse(claims.toString("utf8")) as Claims;
  const target = htu.slice(publicOrigin.length) + htq;
  return transmit({
    aud: publicOrigin,
    method: htm,
    target,
    statement,
    digest,
    content,
    ...(ctype === undefined ? {} : { contentType: ctype }),
  });
}
