/** A request as it came off the wire: nothing decoded, nothing folded, the content not yet read. */
export interface Message {
  readonly method: string;
  /** The request-target as sent. */
  readonly target: string;
  /** Field names and values as sent, alternating, in order, with repetitions. */
  readonly fields: readonly string[];
  /** The address of the peer's socket. */
  readonly source: string;
  /** Milliseconds. */
  readonly receivedAt: number;
  /**
   * The content after transfer coding, at most `maxBytes`. Sends `100 Continue` if the caller waits for it, so it is called only when the caller
   * may go on. Throws `Problem("content-too-large")`, `Problem("request-malformed")` if its framing breaks, and `Problem("caller-gone")` if the
   * caller hangs up or stalls.
   */
  readContent(maxBytes: number): Promise<Buffer>;
  /** Whether the caller has hung up. */
  gone(): boolean;
}

/** What goes back: fields alternating as in `Message`. */
export interface Answer {
  readonly status: number;
  readonly fields: readonly string[];
  readonly content: Buffer;
}
