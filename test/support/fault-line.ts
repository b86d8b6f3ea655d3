import type { SourceFault } from "../../src/source/fault.ts";

/** `services/a/member.yaml:3:7 schema`. */
export const faultLine = ({ file, line, column, code }: SourceFault): string => `${file}:${line}:${column} ${code}`;
