import { nextTurn } from "../base/next-turn.ts";
import { setTimeout as rest } from "node:timers/promises";

/**
 * Long work beside running traffic: awaited between two pieces of it, gives everybody else a turn once `sliceMs` are used up, and `restMs` on top where
 * the work can wait.
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
