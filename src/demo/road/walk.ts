import type { Control, Done } from "../../control-client/control-client.ts";
import { ControlRefusal } from "../../control-client/control-refusal.ts";
import { actions } from "../../policy/acts/actions.ts";
import type { Deed, Phase, PhaseName, Scene } from "./script.ts";

/** What became of one deed. */
export interface Stride {
  readonly deed: Deed;
  /** Undefined if it was refused. */
  readonly done?: Done;
  readonly refusal?: ControlRefusal;
}

export interface WalkedScene {
  readonly subject: string;
  readonly strides: readonly Stride[];
}

export interface WalkedPhase extends Omit<Phase, "scenes"> {
  readonly scenes: readonly WalkedScene[];
}

/**
 * Plays the phases in order, each deed as its official. A deed under the same key is done once, so a road that was broken off goes on where it
 * stood. Throws only for what is no refusal.
 */
export async function* walk(phases: readonly Phase[], as: (officer: string) => Control): AsyncGenerator<WalkedPhase> {
  for (const { name, title, scenes } of phases) {
    const walked: WalkedScene[] = [];
    for (const [index, scene] of scenes.entries()) walked.push(await play(scene, as, `${name}-${index}`));
    yield { name, title, scenes: walked };
  }
}

async function play({ subject, deeds }: Scene, as: (officer: string) => Control, key: string): Promise<WalkedScene> {
  const strides: Stride[] = [];
  let made: string | undefined;
  for (const [index, deed] of deeds.entries()) {
    const stride = await take(deed, deed.id ?? (actions.get(deed.action)!.from === "new" ? undefined : made), as(deed.by), `demo-${key}-${index}`);
    strides.push(stride);
    if (stride.done !== undefined) made = stride.done.entry.id;
    // A step that cannot be taken from where its subject is was taken at an earlier start.
    else if (deed.tried !== true && stride.refusal?.code !== "illegal-transition") break;
  }
  return { subject, strides };
}

async function take(deed: Deed, id: string | undefined, control: Control, idempotencyKey: string): Promise<Stride> {
  const { action, input = {} } = deed;
  try {
    return { deed, done: await control.act({ action, input, idempotencyKey, ...(id === undefined ? {} : { id }) }) };
  } catch (refusal) {
    if (refusal instanceof ControlRefusal) return { deed, refusal };
    throw refusal;
  }
}

/** The scenes of one phase. */
export const phaseOf = (phases: readonly WalkedPhase[], name: PhaseName): readonly WalkedScene[] => phases.find((phase) => phase.name === name)?.scenes ?? [];
