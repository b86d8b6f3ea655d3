import type { Text } from "../../base/text.ts";
import { messages } from "./messages.ts";
import type { ManifestFault, SourcePlace } from "../../source/fault.ts";

type Sentences = typeof messages.faults;

export type ProfileFaultCode = keyof Sentences;

/** One thing to fix in a profile, in the form of the manifests' faults. */
export type ProfileFault = ManifestFault | (SourcePlace & { readonly code: ProfileFaultCode; readonly detail: Text });

/** A fault at a place; `words` are the parameters of its sentence. */
export function profileFault<Code extends ProfileFaultCode>(
  place: SourcePlace,
  code: Code,
  ...words: Parameters<Sentences[Code]>
): ProfileFault {
  const sentence = messages.faults[code] as (...words: Parameters<Sentences[Code]>) => Text;
  return { file: place.file, line: place.line, column: place.column, code, detail: sentence(...words) };
}
