import { joined, prefixed, type Text } from "../base/text.ts";

interface PlacedFault {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly detail: Text;
}

/** Faults of files as one text, a line each: `services/a/member.yaml:3:5 …`. */
export const faultList = (faults: readonly PlacedFault[]): Text =>
  joined(faults.map(({ file, line, column, detail }) => prefixed(`${file}:${line}:${column} `, detail)));
