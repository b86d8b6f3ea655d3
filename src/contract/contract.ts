import type { ContentFault } from "../base/problem.ts";
import type { FieldShape } from "./field-shape.ts";

/** The validator of an OpenAPI operation. Compiled on first use. A fault never carries the offending value. */
export interface Contract {
  /** The media types of a request's content; none where it takes no content. */
  readonly takes: readonly string[];
  /** Whether the contract takes this media type; `undefined` asks about a request without content. */
  accepts(contentType: string | undefined): boolean;
  /** `rawQuery` as sent, without `?`. */
  judgeRequest(request: {
    pathParameters: readonly string[];
    rawQuery: string;
    hdr: Readonly<Record<string, string>>;
    contentType: string | undefined;
    content: Buffer;
  }): readonly ContentFault[];
  /** Validates an answer as the provider sent it, before delivery; that to a HEAD without its content. */
  validateResponse(response: { method: string; status: number; contentType: string | undefined; content: Buffer }): readonly ContentFault[];
  /** Whether the contract declares a field for answers of this status (OpenAPI `headers`); `name` in lower case. */
  declaresField(status: number, name: string): boolean;
  /** The fields of an answer that is declared as JSON with a schema; `undefined` for any other. */
  fieldsOf(status: number, contentType: string | undefined): FieldShape | undefined;
  /**
   * Whether any answer but problem documents has the field: a JSON Pointer in which `*` is every item of an array and
   * every member of a map.
   */
  knowsField(pointer: string): boolean;
}

export interface Operation {
  /** The `operationId`. */
  readonly id: string;
  readonly contract: Contract;
}
