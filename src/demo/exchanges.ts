import { readFileSync } from "node:fs";
import { join } from "node:path";
import { exchangeFile, type ExchangeFile } from "../agent/exchange-file.ts";
import { send, transmit, type Sent } from "../agent/consumer.ts";
import type { SubsystemId } from "../base/names.ts";
import type { Text } from "../base/text.ts";
import { claimsFor, signStatement, type SigningKey } from "../trust/sign.ts";

/** One exchange of the demo: what was tried, by whom, and what its end proves. */
export interface Shown {
  readonly consumer: SubsystemId;
  readonly tried: Text;
  readonly proves: Text;
  readonly file: ExchangeFile;
}

const portal = "ID-16.03/GOV/diskominfo/portal";
const bansos = "ID-16.03/GOV/dinsos/bansos";
const services = "/r1/ID-16.03/GOV";

/** The five exchanges that every start makes, in this order. */
export async function makeExchanges(aud: string, manifests: string, keys: ReadonlyMap<SubsystemId, SigningKey>): Promise<readonly Shown[]> {
  const example = (path: string): Buffer => readFileSync(join(manifests, path));
  const fields = { Prefer: "receipt=full" };
  const contentType = "application/json";
  const shown: Shown[] = [];
  const show = (consumer: SubsystemId, method: string, target: string, sent: Sent, tried: Text, proves: Text): void =>
    void shown.push({ consumer, tried, proves, file: exchangeFile(method, target, sent) });

  const read = `${services}/bapenda/pajak/pbb/v1/tarif/16.03.02?tahun=2026`;
  show(
    portal,
    "GET",
    read,
    await send({ iss: portal, aud, method: "GET", target: read, purpose: "informasi-tarif-pajak", key: keys.get(portal)!, fields }),
    {
      id: "Portal membaca tarif pajak bumi dan bangunan",
      en: "The portal reads the land tax rates",
    },
    {
      id: "konsumen dikenal, izin mencakup, jawaban sesuai kontrak, tanda terima di tangan",
      en: "the consumer is known, a grant covers it, the answer keeps its contract, a receipt is in hand",
    },
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
  show(
    portal,
    "POST",
    write,
    written,
    { id: "Portal mengajukan permohonan izin", en: "The portal files a permit application" },
    {
      id: "niat tercatat sebelum penyedia menerima, hasil tercatat sebelum jawaban keluar",
      en: "the intent was on record before the provider saw it, the outcome before the answer left",
    },
  );

  const search = `${services}/disdukcapil/siak/penduduk/v1/penelusuran`;
  const lookup = example("disdukcapil/siak/penduduk/v1/examples/lookupPenduduk.request.json");
  const purpose = "verifikasi-penerima-bansos";
  show(
    bansos,
    "POST",
    search,
    await send({ iss: bansos, aud, method: "POST", target: search, purpose, key: keys.get(bansos)!, content: lookup, contentType, fields }),
    {
      id: "Dinsos mencoba menelusuri penduduk; izinnya hanya mencocokkan",
      en: "Dinsos tries to look a resident up; its grant only covers matching",
    },
    {
      id: "tanpa izin isi bahkan tidak dibaca, dan penolakan pun bertanda terima",
      en: "without a grant the content is not even read, and a refusal has a receipt, too",
    },
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
    bansos,
    "POST",
    match,
    await transmit({ aud, method: "POST", target: match, statement, digest: claims.digest, content: changed, contentType, fields }),
    {
      id: "Isi permintaan Dinsos diubah di jalan, setelah ditandatangani",
      en: "The content of Dinsos's request is changed on the way, after it was signed",
    },
    {
      id: "satu angka yang berubah ketahuan, penyedia tidak menerimanya",
      en: "one changed digit is found, and the provider never sees it",
    },
  );

  const { digest } = JSON.parse(written.claims.toString("utf8")) as { digest: string };
  show(
    portal,
    "POST",
    write,
    await transmit({ aud, method: "POST", target: write, statement: written.statement, digest, content: application, contentType, fields }),
    {
      id: "Permohonan izin tadi dikirim ulang oleh penyadap",
      en: "An eavesdropper sends the permit application again",
    },
    {
      id: "satu pernyataan dilaksanakan satu kali; jawabannya menunjuk tanda terima yang pertama",
      en: "a statement is executed once; the answer points to the first receipt",
    },
  );

  return shown;
}
