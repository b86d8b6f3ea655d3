import { readFileSync } from "node:fs";
import { join } from "node:path";
import { exchangeFile, type ExchangeFile } from "../agent/exchange-file.ts";
import { send, transmit, type Sent } from "../agent/consumer.ts";
import type { SubsystemId } from "../base/names.ts";
import type { Text } from "../base/text.ts";
import { claimsFor, signStatement, type SigningKey } from "../trust/sign.ts";
import { messages } from "./messages.ts";

/** One exchange of the demo: what was tried, by which consumer, and what the answer proves. */
export interface Shown {
  readonly consumer: SubsystemId;
  readonly tried: Text;
  readonly proves: Text;
  readonly file: ExchangeFile;
}

const portal = "ID-16.03/GOV/diskominfo/portal";
const bansos = "ID-16.03/GOV/dinsos/bansos";
const services = "/r1/ID-16.03/GOV";

/** Makes the five exchanges of the demo, in this order. */
export async function makeExchanges(aud: string, manifests: string, keys: ReadonlyMap<SubsystemId, SigningKey>): Promise<readonly Shown[]> {
  const example = (path: string): Buffer => readFileSync(join(manifests, path));
  const fields = { Prefer: "receipt=full" };
  const contentType = "application/json";
  const shown: Shown[] = [];
  const show = (name: keyof typeof messages.exchanges, consumer: SubsystemId, method: string, target: string, sent: Sent): void =>
    void shown.push({ consumer, ...messages.exchanges[name], file: exchangeFile(method, target, sent) });

  const read = `${services}/bapenda/pajak/pbb/v1/tarif/16.03.02?tahun=2026`;
  show(
    "read",
    portal,
    "GET",
    read,
    await send({ iss: portal, aud, method: "GET", target: read, purpose: "informasi-tarif-pajak", key: keys.get(portal)!, fields }),
  );

  const write = `${services}/dpmptsp/perizinan/izin/v1/permohonan`;
  const application = example("dpmptsp/perizinan/izin/v1/examples/createPermohonan.request.json");
  const written = await send({
    iss: portal,
    aud,
    method: "POST",
    target: write,
    purpose: "pengajuan-izin-warga",
    key: keys.get(portal)!,
    content: application,
    contentType,
    fields,
  });
  show("write", portal, "POST", write, written);

  const search = `${services}/disdukcapil/siak/penduduk/v1/penelusuran`;
  const lookup = example("disdukcapil/siak/penduduk/v1/examples/lookupPenduduk.request.json");
  const purpose = "verifikasi-penerima-bansos";
  show(
    "notGranted",
    bansos,
    "POST",
    search,
    await send({ iss: bansos, aud, method: "POST", target: search, purpose, key: keys.get(bansos)!, content: lookup, contentType, fields }),
  );

  const match = `${services}/disdukcapil/siak/penduduk/v1/pencocokan`;
  const signed = example("disdukcapil/siak/penduduk/v1/examples/matchPenduduk.request.json");
  const claims = claimsFor({
    iss: bansos,
    aud,
    method: "POST",
    target: match,
    purpose,
    content: signed,
    contentType,
    nowSeconds: Math.floor(Date.now() / 1000),
  });
  const statement = signStatement(claims, keys.get(bansos)!);
  const changed = Buffer.from(signed.toString("utf8").replace("1997-12-05", "1997-12-06"));
  show(
    "changed",
    bansos,
    "POST",
    match,
    await transmit({ aud, method: "POST", target: match, statement, digest: claims.digest, content: changed, contentType, fields }),
  );

  const { digest } = JSON.parse(written.claims.toString("utf8")) as { digest: string };
  show(
    "replayed",
    portal,
    "POST",
    write,
    await transmit({ aud, method: "POST", target: write, statement: written.statement, digest, content: application, contentType, fields }),
  );

  return shown;
}
