/** The other end of a connection, known from the socket: nothing in it was claimed by the caller. */
export interface Peer {
  /** The IP address, IPv4, IPv6 or IPv4 in IPv6. */
  readonly address: string;
}

/** A request as received: nothing decoded, nothing folded, the content not yet read. */
export interface Message {
  readonly method: string;
  /** As in the request line, such as `1.1`; `""` where that line could be read though it is not written as RFC 9112 §3 has it. */
  readonly httpVersion: string;
  /** The request-target as sent. */
  readonly target: string;
  /** Field names and values as sent, alternating, in order, with repetitions. */
  readonly fields: readonly string[];
  readonly peer: Peer;
  /** Milliseconds. */
  readonly receivedAt: number;
  /**
   * The content after transfer coding, at most `maxBytes`. Sends `100 Continue` to a caller that waits for it, so it
   * may be called only when the caller may go on. Throws `Problem("content-too-large")`, `Problem("request-malformed")`
   * if the framing breaks, and `Problem("caller-gone")` if the caller hangs up or stalls.
   */
  readContent(maxBytes: number): Promise<Buffer>;
  /** Whether the caller has hung up. */
  gone(): boolean;
}

/** A response before it is written; `fields` alternate as in `Message`. */
export interface Answer {
  readonly status: number;
  readonly fields: readonly string[];
  readonly content: Buffer;
  /** To be called once when the answer has left, or can no longer leave. */
  readonly left?: (() => void) | undefined;
}
