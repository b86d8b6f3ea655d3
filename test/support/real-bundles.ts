import { consumer, record, service, gatewayFixture } from "./gateway-fixture.ts";
import { exchangeFile, type ExchangeFile } from "../../src/agent/exchange-file.ts";
import { answering, ask, idOf } from "./bundles.ts";

/** What a gateway handed out, with what the consumer kept of each exchange. */
export interface RealBundles {
  readonly vkey: string;
  readonly logList: string;
  /** An accepted POST, signed by consumer and provider, and a GET that no grant covers. */
  readonly accepted: { readonly bytes: Buffer; readonly file: ExchangeFile };
  readonly refused: { readonly bytes: Buffer; readonly file: ExchangeFile };
}

/** Two exchanges of a gateway of their own, which is gone afterwards. */
export async function realBundles(): Promise<RealBundles> {
  const w = await gatewayFixture();
  try {
    w.respondWith(answering(w, 201, record));
    const target = `/r1/${service}/catatan`;
    const post = await w.call({
      method: "POST",
      target,
      content: Buffer.from('{"nik":"1603010101909001","keterangan":"isi permintaan"}'),
      contentType: "application/json",
    });
    const get = await w.call({ purpose: "tujuan-lain" });
    const bundleOf = async (sent: typeof post): Promise<Buffer> => {
      const { status, answer } = await ask(w, consumer, idOf(sent));
      if (status !== 200) throw new Error(`no bundle: ${status} ${answer.toString()}`);
      return answer;
    };
    return {
      vkey: w.instance.vkey,
      logList: w.instance.logList,
      accepted: { bytes: await bundleOf(post), file: exchangeFile("POST", target, post) },
      refused: { bytes: await bundleOf(get), file: exchangeFile("GET", `/r1/${service}/catatan/1`, get) },
    };
  } finally {
    await w.close();
  }
}
