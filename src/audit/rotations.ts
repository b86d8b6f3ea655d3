import { readControlChange, type KeyHandedOver } from "../ledger/control-change.ts";
import { parseHandover, type Handover } from "../ledger/handover.ts";
import { chainFault } from "../ledger/key-trail.ts";
import type { Leaf } from "../ledger/leaf.ts";
import { formatVkey } from "../ledger/note.ts";
import type { AuditReporter } from "./finding.ts";
import { messages } from "./messages.ts";

/** Collects the handovers of a log's key while its tree is recomputed, and reports each that is none. */
export interface RotationCheck {
  leaf(index: number, leaf: Leaf | undefined): void;
  /** The next size, beyond this one, whose root is wanted. */
  nextSize(beyond: number): number | undefined;
  root(size: number, root: Buffer): void;
  /** The handovers that are sound, in the order of their leaves. */
  sound(): readonly Handover[];
}

/**
 * A handover is sound if both keys signed it, it is the head of this tree just before its leaf, and it goes on from the one before to a
 * key that was never used. Those after an unsound one are not judged: nobody knows which key would have had to sign them.
 */
export function checkRotations(origin: string, report: AuditReporter): RotationCheck {
  const wanted: { readonly index: number; readonly said: KeyHandedOver["key"] }[] = [];
  const sound: Handover[] = [];
  let broken = false;
  return {
    leaf(index, leaf) {
      const change = leaf?.type === "control" ? readControlChange(leaf.change) : undefined;
      if (change !== undefined && "key" in change) wanted.push({ index, said: change.key });
    },
    nextSize: (beyond) => wanted.find(({ index }) => index > beyond)?.index,
    root(size, root) {
      const said = wanted.find(({ index }) => index === size)?.said;
      if (said === undefined || broken || sound.some((handover) => handover.size === size)) return;
      const handover = parseHandover(said.checkpoint);
      const fits =
        handover?.origin === origin &&
        handover.size === size &&
        handover.root.equals(root) &&
        formatVkey(handover.before) === said.before &&
        formatVkey(handover.after) === said.after;
      const fault = fits ? chainFault([...sound, handover]) : messages.notAHandover;
      broken = fault !== undefined;
      if (fault !== undefined) report({ leaf: size }, fault);
      else sound.push(handover!);
    },
    sound: () => sound,
  };
}
