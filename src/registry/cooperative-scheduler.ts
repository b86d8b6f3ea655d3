import { nextTurn } from "../base/next-turn.ts";
import { setTimeout as rest } from "node:timers/promises";

/**
 * For long work next to running traffic. The function that comes back is awaited between two pieces of the work: once
 * `sliceMs` have been used, it lets the other tasks of the event loop run, and waits `restMs` more where the work is
 * not urgent.
 */
export function cooperativeScheduler({
  sliceMs = 1,
  restMs = 0,
}: { readonly sliceMs?: number; readonly restMs?: number } = {}): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < sliceMs) return;
    await (restMs === 0 ? nextTurn() : rest(restMs));
    began = performance.now();
  };
}
