import { canonicalJson } from "../base/canonical-json.ts";
import { having, listShape, mapShape, objectShape, textShape, type Shape } from "../base/shape.ts";

/** The members of registry entries that the verifier reads (protocol §4). Of other kinds it only reads that they were there. */
interface ProvedContents {
  key: {
    readonly owner: string;
    readonly alg: string;
    readonly jwk: Readonly<Record<string, string>>;
    readonly from?: string;
    readonly until?: string;
    readonly proof: string;
  };
  service: {
    readonly provider: string;
    readonly contract: string;
    readonly open?: { readonly purpose: string; readonly legalBasis: string };
  };
  grant: {
    readonly consumer: string;
    readonly service: string;
    readonly operations: readonly string[];
    readonly purpose: string;
    readonly legalBasis: string;
    readonly from: string;
    readonly until?: string;
    readonly replacedBy?: { readonly from: string };
    readonly suspensions?: Readonly<Record<string, unknown>>;
  };
  policy: { readonly digest: string };
}

const unread = ["instance", "member", "subsystem", "revision", "opinion", "evidence", "exemption", "officer", "token", "decision"] as const;
type UnreadKind = (typeof unread)[number];

export type ProvedKind = keyof ProvedContents;

/**
 * A registry entry that is proved to have been in force. It has types of its own: the verifier takes nothing from the
 * gateway's registry.
 */
export type ProvedEntry<Kind extends ProvedKind | UnreadKind = ProvedKind | UnreadKind> = {
  [K in Kind]: {
    readonly kind: K;
    readonly id: string;
    readonly state: string;
    readonly content: K extends ProvedKind ? ProvedContents[K] : unknown;
  };
}[Kind];

const period = { from: textShape, until: textShape };

const contents: Readonly<Record<ProvedKind, Shape>> = {
  key: having({ owner: textShape, alg: textShape, jwk: mapShape(/^[a-z]+$/, textShape), proof: textShape }, period),
  service: having({ provider: textShape, contract: textShape }, { open: having({ purpose: textShape, legalBasis: textShape }) }),
  grant: having(
    {
      consumer: textShape,
      service: textShape,
      operations: listShape(textShape),
      purpose: textShape,
      legalBasis: textShape,
      from: textShape,
    },
    { until: textShape, replacedBy: having({ from: textShape }), suspensions: having({}) },
  ),
  policy: having({ digest: textShape }),
};

const shapes: ReadonlyMap<string, Shape> = new Map([
  ...unread.map((kind): [string, Shape] => [kind, having({})]),
  ...Object.entries(contents),
]);
const entryShape = objectShape({ content: having({}), id: textShape, kind: textShape, state: textShape });

/** Reads an entry strictly: RFC 8785 JSON of a known kind with the members above; `undefined` for anything else. */
export function readProvedEntry(json: string): ProvedEntry | undefined {
  try {
    const value = JSON.parse(json) as ProvedEntry;
    if (entryShape(value, "") !== undefined || canonicalJson(value) !== json) return undefined;
    const shape = shapes.get(value.kind);
    return shape !== undefined && shape(value.content, "") === undefined ? value : undefined;
  } catch {
    return undefined;
  }
}
