import { Fault } from "../base/fault.ts";
import { readFileSync } from "node:fs";
import type { Entry, EntryKind, GrantContent, ReadState } from "../registry/entry.ts";
import { ControlRefusal, type ProblemDocument } from "./control-refusal.ts";
import { FileFault } from "../source/file-fault.ts";
import { messages } from "./messages.ts";

/** A request for one act: `revision.approve`, the id of its subject unless it creates one, and the input by the action's schema. */
export interface Asked {
  readonly action: string;
  readonly id?: string;
  readonly input?: Readonly<Record<string, unknown>>;
  /** Within a day, the same key with the same request acts once. */
  readonly idempotencyKey?: string;
}

/** An entry as the API shows it. */
export type ShownEntry<Kind extends EntryKind = EntryKind> = {
  [K in Kind]: Omit<Entry<K>, "state"> & {
    /** `ended` where its end has passed. */
    readonly state: ReadState;
    /** The last day on which it holds, in the region, where it has an end. */
    readonly lastDay?: string;
    readonly replacedBy?: GrantContent["replacedBy"];
  };
}[Kind];

/** The result of an act: the entry as it is now, the decision about it, and the secret of a new token, which is shown only here. */
export interface Done {
  readonly entry: ShownEntry;
  readonly decision: Entry<"decision">;
  readonly token?: string;
}

/** One exchange that a key signed, as its leaf says it. */
export interface KeyExchange {
  readonly exchange: string;
  readonly log: string;
  readonly leaf: number;
  readonly at: string;
  readonly type: "outcome" | "refusal";
  readonly consumer: string;
  readonly service?: string;
  readonly operation?: string;
  readonly grant?: string;
  readonly purpose?: string;
  readonly status?: number;
  readonly problem?: string;
}

/** A page of them, newest first, with the number of leaves that were read for it. */
export interface KeyExchanges {
  readonly items: readonly KeyExchange[];
  readonly examined: number;
  readonly since?: string;
}

/**
 * The control API of a gateway for one officer. Every method rejects with `ControlRefusal` if the gateway refuses, and with
 * `ControlFault` if no control API answers.
 */
export interface Control {
  /** All entries of a kind in the order of their ids, fetched in pages; only those in `state`, if given. */
  list<Kind extends EntryKind>(kind: Kind, state?: string): AsyncIterable<ShownEntry<Kind>>;
  read<Kind extends EntryKind>(kind: Kind, id: string): Promise<ShownEntry<Kind>>;
  /** The one instance of the gateway. */
  instance(): Promise<Entry<"instance">>;
  /** Reads the subject first and acts on that version (`If-Match`): a change in between is refused. */
  act(asked: Asked): Promise<Done>;
  /** What a key signed since a moment, by default that of its revocation: page by page, newest first. */
  exchangesOf(kid: string, since?: string): AsyncIterable<KeyExchanges>;
  /** Any other resource, by its path. */
  get(path: string): Promise<unknown>;
}

/** Nothing answers where the control API should be, or another program does. */
export class ControlFault extends Fault {
  override readonly name = "ControlFault";
}

/** A client of the control port at `origin`. It sends nothing before its first method is called. */
export function openControl({ origin, token }: { readonly origin: string; readonly token: string }): Control {
  async function request(
    path: string,
    init: { readonly method: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: string },
  ): Promise<{ readonly body: unknown; readonly etag: string | null }> {
    const headers = {
      ...init.headers,
      Authorization: `Bearer ${token}`,
      Accept: "application/json, application/problem+json",
      "Accept-Language": "id",
    };
    const answer = await fetch(new URL(path, origin), { ...init, headers }).catch((fault: Error) => {
      const { code } = (fault.cause ?? fault) as NodeJS.ErrnoException;
      throw new ControlFault(messages.unreachable(origin, code ?? fault.message), fault);
    });
    const type = answer.headers.get("content-type") ?? "";
    const problem = type.startsWith("application/problem+json") ? ((await answer.json()) as ProblemDocument) : undefined;
    // The consumers' port answers with problem documents, too, but without `texts`.
    if (problem !== undefined && "texts" in problem) throw new ControlRefusal(problem);
    if (!answer.ok || !type.startsWith("application/json")) throw new ControlFault(messages.notAControlApi(origin, answer.status));
    return { body: await answer.json(), etag: answer.headers.get("etag") };
  }

  return {
    async *list(kind, state) {
      for (let after: string | undefined; ;) {
        const query = new URLSearchParams({
          limit: "200",
          ...(state === undefined ? {} : { state }),
          ...(after === undefined ? {} : { after }),
        });
        const { items, next } = (await request(`${collectionPath(kind)}?${query.toString()}`, { method: "GET" })).body as {
          readonly items: readonly never[];
          readonly next?: string;
        };
        yield* items;
        if (next === undefined) return;
        after = next;
      }
    },
    instance: async () =>
      ((await request(`${collectionPath("instance")}?limit=1`, { method: "GET" })).body as { readonly items: readonly [never] }).items[0],
    read: async (kind, id) => (await request(entryPath(kind, id), { method: "GET" })).body as never,
    async act({ action, id, input = {}, idempotencyKey }) {
      const [kind = "", verb = ""] = action.split(".");
      const path = id === undefined ? collectionPath(kind) : `${entryPath(kind, id)}/${verb}`;
      const etag = id === undefined ? null : (await request(entryPath(kind, id), { method: "GET" })).etag;
      const headers = {
        "Content-Type": "application/json",
        ...(etag === null ? {} : { "If-Match": etag }),
        ...(idempotencyKey === undefined ? {} : { "Idempotency-Key": idempotencyKey }),
      };
      return (await request(path, { method: "POST", headers, body: JSON.stringify(input) })).body as Done;
    },
    async *exchangesOf(kid, since) {
      for (let after: string | undefined; ;) {
        const query = new URLSearchParams({
          limit: "200",
          ...(since === undefined ? {} : { since }),
          ...(after === undefined ? {} : { after }),
        });
        const { next, ...page } = (await request(`${entryPath("key", kid)}/exchanges?${query.toString()}`, { method: "GET" }))
          .body as KeyExchanges & { readonly next?: string };
        yield page;
        if (next === undefined) return;
        after = next;
      }
    },
    get: async (path) => (await request(path, { method: "GET" })).body,
  };
}

const collectionPath = (kind: string): string => `/v1/${kind === "instance" || kind === "evidence" ? kind : `${kind}s`}`;
const entryPath = (kind: string, id: string): string => `${collectionPath(kind)}/${encodeURIComponent(id)}`;

/** An officer's token from a file of one line, as `token issue --save` and `init` write it. Throws `FileFault` for another file. */
export function readTokenFile(path: string): string {
  const token = readFileSync(path, "utf8").trim();
  if (/^spl_[\x21-\x7e]+$/.test(token)) return token;
  throw new FileFault(messages.notATokenFile(path));
}
