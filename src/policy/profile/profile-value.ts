import { findFormat } from "../../contract/formats/formats.ts";
import { validateDate } from "../../contract/formats/time.ts";
import type { PointerTokens } from "../../source/steps.ts";
import type { SourcePlace } from "../../source/fault.ts";
import type { Source } from "../../source/source.ts";
import { messages } from "./messages.ts";
import { profileFault, type ProfileFault } from "./profile-fault.ts";
import type { AnswerShape } from "./profile-keys.ts";

/** The faults of the value at these pointer tokens, each at its own place. */
export function faultsOfValue(source: Source, steps: PointerTokens, shape: AnswerShape, value: unknown): readonly ProfileFault[] {
  const place = source.at(steps);
  const wrongType = [profileFault(place, "value-type", messages.forms[shape.type])];
  switch (shape.type) {
    case "flag":
      return typeof value === "boolean" ? [] : wrongType;
    case "count":
      return Number.isSafeInteger(value) && (value as number) > 0 ? [] : wrongType;
    case "word":
    case "date":
      return typeof value === "string" ? faultsOfWord(place, shape, value) : wrongType;
    case "words":
    case "hosts":
      if (!Array.isArray(value) || value.length === 0 || !value.every((item) => typeof item === "string")) return wrongType;
      return value.flatMap((item: string, index) => {
        const at = source.at([...steps, String(index)]);
        return value.indexOf(item) < index ? [profileFault(at, "word-twice")] : faultsOfWord(at, shape, item);
      });
  }
}

function faultsOfWord(place: SourcePlace, shape: AnswerShape, word: string): readonly ProfileFault[] {
  if (!("words" in shape))
    return findFormat("hostname")!.judge(word as never) === undefined ? [] : [profileFault(place, "value-type", messages.hostName)];
  if (shape.words.includes(word)) return [];
  if (shape.type !== "date" || !/^\d/.test(word)) return [profileFault(place, "word-unknown", shape.words.join(", "))];
  const wrong = validateDate(word);
  return wrong === undefined ? [] : [profileFault(place, "date-unknown", wrong)];
}
