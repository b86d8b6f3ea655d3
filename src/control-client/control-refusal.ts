import type { Text } from "../base/text.ts";
import type { Judgement } from "../registry/entry.ts";

/** A refusal of the control API (RFC 9457). `texts` has detail and errors in both languages, whatever `Accept-Language` said. */
export interface ProblemDocument {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
  readonly judgements?: readonly Judgement[];
  readonly texts: { readonly detail: Text; readonly errors?: readonly Text[] };
}

/** The gateway refused a request; nothing was changed. */
export class ControlRefusal extends Error {
  override readonly name = "ControlRefusal";
  readonly document: ProblemDocument;

  constructor(document: ProblemDocument) {
    super(document.detail);
    this.document = document;
  }

  get code(): string {
    return this.document.code;
  }

  get detail(): Text {
    return this.document.texts.detail;
  }

  /** The judgements of all guards. */
  get judgements(): readonly Judgement[] {
    return this.document.judgements ?? [];
  }

  /** What is wrong in the input, and where as a JSON Pointer. */
  get errors(): readonly { readonly pointer: string; readonly detail: Text }[] {
    const { errors = [], texts } = this.document;
    return errors.map(({ pointer, detail }, i) => ({ pointer, detail: texts.errors?.[i] ?? { id: detail, en: detail } }));
  }
}
