import { isObject } from "../../../base/is-object.ts";
import { faultAt, type ManifestFault } from "../../../source/fault.ts";
import type { PointerTokens } from "../../../source/steps.ts";
import { nodeAt } from "../../document.ts";
import type { TakeNote } from "../notes.ts";
import { isReference, type ObjectKind } from "../object-kinds.ts";
import type { ContractFile, Target } from "../references.ts";

type Members = Readonly<Record<string, unknown>>;

/** What each part of the conversion of a Swagger 2.0 document needs. */
export interface Conversion {
  readonly root: ContractFile;
  readonly faults: ManifestFault[];
  readonly note: TakeNote;
  /** Says where the part at these tokens of the derived document was given; `named`, where its name was. */
  readonly place: (to: PointerTokens, given: Target, named?: Target) => void;
  /** Where a reference leads; `undefined`, with a fault, if nowhere. */
  readonly resolve: (reference: string, from: Target, kind: ObjectKind) => Target | undefined;
  /** A schema in the words of 3.1, with its references led to where they are in the derived document. */
  readonly schema: (node: unknown, given: Target, to: PointerTokens) => unknown;
  /** Tells what the gateway does not carry of a derived object. */
  readonly tell: (kind: ObjectKind, node: Members, to: PointerTokens) => void;
  /** Whether this part may be written once more: 2.0 shares what 3.1 has to repeat. With a fault if not. */
  readonly mayCopy: (given: Target, times: number) => boolean;
}

export const under = ({ file, steps }: Target, ...more: PointerTokens): Target => ({ file, steps: [...steps, ...more] });

export const nodeOf = ({ file, steps }: Target): unknown => nodeAt(file.source.value, steps);

/** The members that are extensions, which have the same meaning everywhere: none. */
export const extensionsOf = (node: Members): Members => Object.fromEntries(Object.entries(node).filter(([name]) => name.startsWith("x-")));

/** Where 2.0 keeps what may be referred to, by its kind. */
const shelves: Partial<Record<ObjectKind, string>> = { schema: "definitions", parameter: "parameters", response: "responses" };

/** Whether a part of the document stands where 2.0 keeps parts of another kind. */
export const isOfOtherKind = ({ file, steps }: Target, kind: ObjectKind, root: ContractFile): boolean =>
  file === root &&
  steps.length === 2 &&
  ["definitions", "parameters", "responses", "securityDefinitions"].includes(steps[0]!) &&
  steps[0] !== shelves[kind];

/** An object of the document as it was given, where it stands, and where it is used: elsewhere, if by reference. */
export interface Given {
  readonly node: Members;
  readonly at: Target;
  readonly from: Target;
}

/** The object at a place, references followed; `undefined` where there is none, with a fault if a reference led there. */
export function followed({ root, faults, resolve }: Conversion, kind: ObjectKind, from: Target): Given | undefined {
  let at = from;
  const wrong = (code: "reference-invalid" | "reference-kind" | "reference-circular"): undefined =>
    void faults.push(faultAt(at.file.source.at([...at.steps, "$ref"]), code));
  for (let hops = 0; hops < 16; hops++) {
    const node = nodeOf(at);
    if (!isObject(node)) return undefined;
    if (!isReference(kind, node)) return { node, at, from };
    const next = resolve(node.$ref, at, kind);
    if (next === undefined) return undefined;
    if (!isObject(nodeOf(next))) return wrong("reference-invalid");
    if (isOfOtherKind(next, kind, root)) return wrong("reference-kind");
    at = next;
  }
  return wrong("reference-circular");
}

/** Bytes that a converted document may have of parts that 2.0 shares and 3.1 repeats. */
export const longestCopies = 16_777_216;

/** Counts what is written out. */
export function copiesOf(faults: ManifestFault[]): Conversion["mayCopy"] {
  const sizes = new WeakMap<object, number>();
  let bytes = 0;
  return (given, times) => {
    const node = nodeOf(given);
    if (!isObject(node)) return true;
    if (bytes > longestCopies) return false;
    const size = sizes.get(node) ?? JSON.stringify(node).length;
    sizes.set(node, size);
    bytes += size * times;
    if (bytes > longestCopies) faults.push(faultAt(given.file.source.at(given.steps), "conversion-too-large", String(longestCopies)));
    return bytes <= longestCopies;
  };
}
