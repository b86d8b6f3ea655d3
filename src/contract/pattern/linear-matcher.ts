import type { Condition, Automaton } from "./automaton.ts";

/** Where a set of ways stands after a character, before conditions are asked for. */
interface State {
  readonly at: readonly number[];
  /** What becomes of it where no condition holds, and under those that do. */
  plain: Reached | undefined;
  readonly under: Map<number, Reached>;
}

/** The ways that lead on from a state: the steps that take a character, and whether one has matched. */
interface Reached {
  readonly matched: boolean;
  readonly taking: readonly number[];
  /** The state after a character, by its kind. */
  readonly after: (State | undefined)[];
}

/** Kinds of characters and characters beyond ASCII that are kept; steps of states that are kept before all are built anew. */
const kept = { kinds: 1_024, steps: 10_000 } as const;

const word = { true: /^\w$/iu, false: /^\w$/u } as const;
const lineEnd = /^[\n\r\u2028\u2029]$/u;

/**
 * Matches a pattern in linear time: all its ways at once, character by character (Thompson 1968), and what follows from a set of ways
 * is kept as the state of a deterministic automaton (as RE2 does). Takes at most (characters + 1) × 4 × (steps + sets of the automaton)
 * steps; it tells `count` of them.
 */
export class LinearMatcher {
  readonly #automaton: Automaton;
  readonly #count: (steps: number) => void;
  readonly #looks: readonly (LinearMatcher | undefined)[];
  readonly #ascii = new Int32Array(128).fill(-1);
  readonly #beyond = new Map<number, number>();
  readonly #kindOf = new Map<string, number>();
  readonly #setsOf: string[] = [];
  readonly #states = new Map<string, State>();
  #keptSteps = 0;

  constructor(automaton: Automaton, count: (steps: number) => void) {
    this.#automaton = automaton;
    this.#count = count;
    this.#looks = automaton.conditions.map((one) => (one.kind === "look" ? new LinearMatcher(one.automaton, count) : undefined));
  }

  /** Whether the pattern matches somewhere in the text. */
  test(text: string): boolean {
    const holding = this.#holding(text);
    const { start, anchored } = this.#automaton;
    let state = this.#state([start]);
    for (let at = 0; ;) {
      const reached = this.#reached(state, holding(at));
      if (reached.matched) return true;
      if (at >= text.length || (reached.taking.length === 0 && anchored)) return false;
      const character = text.codePointAt(at)!;
      state = this.#after(reached, character, !anchored);
      at += character > 0xffff ? 2 : 1;
    }
  }

  /** Where a match ends that began at any place before: read from left to right, or backwards. */
  #endings(text: string, backwards: boolean): Uint8Array {
    const found = new Uint8Array(text.length + 1);
    const holding = this.#holding(text);
    let state = this.#state([this.#automaton.start]);
    for (let at = backwards ? text.length : 0; ;) {
      const reached = this.#reached(state, holding(at));
      if (reached.matched) found[at] = 1;
      if (at === (backwards ? 0 : text.length)) return found;
      const character = backwards ? before(text, at) : text.codePointAt(at)!;
      state = this.#after(reached, character, true);
      at += (backwards ? -1 : 1) * (character > 0xffff ? 2 : 1);
    }
  }

  /** The conditions that hold at each place of a text, as bits. */
  #holding(text: string): (at: number) => number {
    const { conditions } = this.#automaton;
    const edges = conditions.every((one) => (one.kind === "start" || one.kind === "end") && !one.lines);
    const bitsOf = (holds: (index: number) => boolean): number =>
      conditions.reduce((bits, _, index) => (holds(index) ? bits | (1 << index) : bits), 0);
    if (edges) {
      const [first, last] = (["start", "end"] as const).map((kind) => bitsOf((index) => conditions[index]!.kind === kind)) as [
        number,
        number,
      ];
      return (at) => (at === 0 ? first : 0) | (at === text.length ? last : 0);
    }
    const looks = conditions.map((one, index) => (one.kind === "look" ? this.#looks[index]!.#endings(text, !one.behind) : undefined));
    const holds = (index: number, at: number): boolean => {
      const condition = conditions[index]!;
      return condition.kind === "look" ? (looks[index]![at] === 1) !== condition.negate : holdsAt(condition, text, at);
    };
    return (at) => bitsOf((index) => holds(index, at));
  }

  /** The steps that are reached from a state without taking a character. */
  #reached(state: State, holding: number): Reached {
    const known = holding === 0 ? state.plain : state.under.get(holding);
    if (known !== undefined) return known;
    const { steps } = this.#automaton;
    const seen = new Set<number>(state.at);
    const waiting = [...state.at];
    const taking: number[] = [];
    let matched = false;
    const go = (to: number): void => {
      if (!seen.has(to)) waiting.push(to);
      seen.add(to);
    };
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const step = steps[at]!;
      if (step === "match") matched = true;
      else if ("take" in step) taking.push(at);
      else if ("either" in step) step.either.forEach(go);
      else if ((holding >> step.holds) & 1) go(step.next);
    }
    this.#count(seen.size);
    const reached: Reached = { matched, taking, after: [] };
    if (holding === 0) state.plain = reached;
    else state.under.set(holding, reached);
    this.#keep(taking.length);
    return reached;
  }

  /** The state after a character. `everywhere`: a match may begin after it, too. */
  #after(reached: Reached, character: number, everywhere: boolean): State {
    this.#count(1);
    const kind = this.#kind(character);
    const known = kind === undefined ? undefined : reached.after[kind];
    if (known !== undefined) return known;
    const { steps, start } = this.#automaton;
    const sets = kind === undefined ? this.#setsWith(character) : this.#setsOf[kind]!;
    const next = new Set<number>(everywhere ? [start] : []);
    for (const at of reached.taking) {
      const step = steps[at] as { take: number; next: number };
      if (sets[step.take] === "1") next.add(step.next);
    }
    this.#count(reached.taking.length + next.size);
    const state = this.#state([...next].sort((a, b) => a - b));
    if (kind === undefined) return state;
    this.#keep(1);
    return (reached.after[kind] = state);
  }

  #state(at: readonly number[]): State {
    const key = at.join();
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    const made: State = { at, plain: undefined, under: new Map() };
    this.#keep(at.length + 1);
    this.#states.set(key, made);
    return made;
  }

  #keep(steps: number): void {
    this.#keptSteps += steps;
    if (this.#keptSteps <= kept.steps) return;
    this.#states.clear();
    this.#keptSteps = steps;
  }

  /** The kind of a character: two of one kind are in the same sets. `undefined` if there are too many kinds to number them. */
  #kind(character: number): number | undefined {
    const known = character < 128 ? this.#ascii[character]! : (this.#beyond.get(character) ?? -1);
    if (known !== -1) return known;
    const sets = this.#setsWith(character);
    let kind = this.#kindOf.get(sets);
    if (kind === undefined) {
      if (this.#setsOf.length >= kept.kinds) return undefined;
      kind = this.#setsOf.push(sets) - 1;
      this.#kindOf.set(sets, kind);
    }
    if (this.#beyond.size >= kept.kinds) this.#beyond.clear();
    if (character < 128) this.#ascii[character] = kind;
    else this.#beyond.set(character, kind);
    return kind;
  }

  /** One digit for each set of the automaton: whether the character is in it. */
  #setsWith(character: number): string {
    const text = String.fromCodePoint(character);
    this.#count(this.#automaton.sets.length);
    return this.#automaton.sets.map((set) => (set.test(text) ? "1" : "0")).join("");
  }
}

/** The character that ends at this place, as `u` reads it backwards: a pair of surrogates is one (ECMA-262 §22.2.2.7.1). */
function before(text: string, at: number): number {
  const unit = text.charCodeAt(at - 1);
  const pair = at > 1 && unit >= 0xdc00 && unit <= 0xdfff ? text.codePointAt(at - 2)! : 0;
  return pair > 0xffff ? pair : unit;
}

function holdsAt(condition: Exclude<Condition, { kind: "look" }>, text: string, at: number): boolean {
  switch (condition.kind) {
    case "start":
      return at === 0 || (condition.lines && lineEnd.test(text[at - 1]!));
    case "end":
      return at === text.length || (condition.lines && lineEnd.test(text[at]!));
    case "word": {
      const form = word[`${condition.ignoreCase}`];
      return ((at > 0 && form.test(text[at - 1]!)) !== (at < text.length && form.test(text[at]!))) !== condition.negate;
    }
  }
}
