import * as http from "node:http";
import * as https from "node:https";
import { setTimeout as wait } from "node:timers/promises";
import { send } from "../../agent/consumer.ts";
import { readSigningKey } from "../../agent/key-file.ts";
import type { PublishedLog } from "../../ledger/readable-log.ts";
import { formatTilePath } from "../../ledger/tiles.ts";
import { CommandFault, UsageFault } from "../verb.ts";
import { messages } from "./messages.ts";

/** A log as it is published. The audit recomputes what the server answers and believes none of it. */
export function overHttp(
  url: string,
  subsystem: string | undefined,
  keyFile: string | undefined,
): PublishedLog & { close(): Promise<void> } {
  if (subsystem === undefined || keyFile === undefined) throw new UsageFault(messages.logNeedsKey);
  const key = readSigningKey(keyFile);
  const { origin, pathname } = new URL(url);
  return {
    checkpoint: async () => (await fetchBytes(`${url}/checkpoint`))?.toString("utf8") ?? "",
    async tile(level, n, width) {
      const path = `${pathname}/tile/${formatTilePath({ level, n, width })}`;
      if (level !== "entries") return fetchBytes(origin + path);
      const ask = () => send({ iss: subsystem, aud: origin, method: "GET", target: path, key });
      let sent = await ask();
      // Auditors have a rate as every reader has (protocol §5); a long log is read at that pace.
      while (sent.status === 429) {
        await wait(Number(sent.fields["retry-after"] ?? 1) * 1000);
        sent = await ask();
      }
      const { status, fields, answer } = sent;
      if (status === 200) return answer;
      const problem = fields["spl-problem"];
      if (status === 404 && problem === undefined) return undefined;
      throw new CommandFault(messages.entriesRefused(status, problem ?? "", subsystem));
    },
    close: async () => undefined,
  };
}

/** The content of an answer with status 200; `undefined` for any other answer. */
export function fetchBytes(url: string): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    (url.startsWith("https:") ? https : http)
      .get(url, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("error", reject);
        incoming.on("end", () => resolve(incoming.statusCode === 200 ? Buffer.concat(chunks) : undefined));
      })
      .on("error", reject);
  });
}
