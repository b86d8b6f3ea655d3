import type { Text } from "../base/text.ts";
import type { Judgement } from "../registry/entry.ts";

/** What the control API says where it says no (RFC 9457); `texts` holds detail and errors in both languages, whatever was negotiated. */
export interface ProblemDocument {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
  readonly judgements?: readonly Judgement[];
  readonly texts: { readonly detail: Text; readonly errors?: readonly Text[] };
}

/** An act that the gateway refused; nothing was changed. */
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

  /** What the guards found, all of them. */
  get judgements(): readonly Judgement[] {
    return this.document.judgements ?? [];
  }

  /** Where in the input, as JSON Pointers. */
  get errors(): readonly { readonly pointer: string; readonly detail: Text }[] {
    const { errors = [], texts } = this.document;
    return errors.map(({ pointer, detail }, i) => ({ pointer, detail: texts.errors?.[i] ?? { id: detail, en: detail } }));
  }
}
