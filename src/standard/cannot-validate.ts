import type { Text } from "../base/text.ts";

export interface FaultPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The document cannot be judged at all: one fault, with its place if it has one. */
export class CannotValidate extends Error {
  /** The fault alone, as it was given. */
  readonly fault: Text;
  readonly place: FaultPlace | undefined;
  /** The fault as it is shown: in Indonesian after its place, which the English does not repeat. */
  readonly detail: Text;

  constructor(fault: Text, place?: FaultPlace) {
    const at = place === undefined ? "" : `${place.file}:${place.line}:${place.column} `;
    super(`${at}${fault.en}`);
    this.name = "CannotValidate";
    this.fault = fault;
    this.place = place;
    this.detail = { id: `${at}${fault.id}`, en: fault.en };
  }
}

/** Judging hung and was broken off. Another time, or on another machine, it may end: nothing is known of the document. */
export class BrokenOff extends CannotValidate {}
