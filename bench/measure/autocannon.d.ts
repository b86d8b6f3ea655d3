/** The part of autocannon 9 that the bench uses; it brings no types. */
declare module "autocannon" {
  import type { EventEmitter } from "node:events";

  interface Request {
    readonly method?: string;
    readonly path?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: Buffer;
    /** `headers` by name as sent. */
    readonly onResponse?: (status: number, body: string, context: object, headers: Readonly<Record<string, string | string[]>>) => void;
  }
  interface Client extends EventEmitter {
    setRequests(requests: readonly Request[]): void;
  }
  interface Options {
    readonly url: string;
    readonly connections: number;
    /** Seconds. */
    readonly duration: number;
    /** Milliseconds between looks at whether to stop. */
    readonly sampleInt: number;
    /** Seconds until a request counts as timed out. */
    readonly timeout: number;
    /** Requests a second over all connections. */
    readonly overallRate?: number;
    readonly maxConnectionRequests?: number;
    readonly setupClient: (client: Client) => void;
  }
  interface Result {
    readonly errors: number;
    readonly timeouts: number;
    readonly resets: number;
  }
  function autocannon(options: Options): EventEmitter & PromiseLike<Result>;
  export type { Client, Options, Request, Result };
  export default autocannon;
}
