import fc from "fast-check";
import { fuzzedParsers, type FuzzedParser } from "./fuzz-parsers.ts";

export interface FuzzResult {
  readonly inputs: Readonly<Record<string, number>>;
  /** Each with its parser, the seed that makes it again and the smallest input. */
  readonly wrong: readonly string[];
}

/** A position and what is done there: bytes taken away, and bytes put in their place. */
const change = (seeds: readonly string[]): fc.Arbitrary<readonly [number, number, string]> =>
  fc.tuple(fc.nat(), fc.nat(4), fc.oneof(fc.string({ unit: "binary-ascii", maxLength: 3 }), byteString(3), fc.constantFrom(...seeds)));

const byteString = (maxLength: number): fc.Arbitrary<string> =>
  fc.uint8Array({ maxLength }).map((bytes) => Buffer.from(bytes).toString("latin1"));

/** Right inputs changed in some places, parts of them in any order, and any bytes. */
function inputs({ seeds }: FuzzedParser): fc.Arbitrary<string> {
  const changed = fc.tuple(fc.constantFrom(...seeds), fc.array(change(seeds), { maxLength: 4 })).map(([seed, changes]) =>
    changes.reduce((text, [place, removed, put]) => {
      const at = place % (text.length + 1);
      return text.slice(0, at) + put + text.slice(at + removed);
    }, seed),
  );
  const joined = fc.array(fc.oneof(fc.constantFrom(...seeds), byteString(4)), { maxLength: 6 }).map((parts) => parts.join(""));
  return fc.oneof({ weight: 4, arbitrary: changed }, { weight: 3, arbitrary: joined }, { weight: 1, arbitrary: byteString(64) });
}

/** About so many inputs, shared by all parsers; the same for the same seed. */
export function fuzzCampaign({ count, seed }: { readonly count: number; readonly seed: number }): FuzzResult {
  const parsers = Object.entries(fuzzedParsers);
  const shares = parsers.reduce((sum, [, { share = 1 }]) => sum + share, 0);
  const made: Record<string, number> = {};
  const wrong: string[] = [];
  for (const [name, parser] of parsers) {
    const numRuns = Math.max(10, Math.ceil((count * (parser.share ?? 1)) / shares));
    const result = fc.check(
      fc.property(inputs(parser), (text) => {
        const fault = parser.judge(text);
        if (fault !== undefined) throw new Error(fault);
      }),
      { numRuns, seed, endOnFailure: false },
    );
    made[name] = result.numRuns;
    if (result.failed) wrong.push(`${name}, seed ${seed}: ${JSON.stringify(result.counterexample?.[0])}: ${String(result.errorInstance)}`);
  }
  return { inputs: made, wrong };
}
