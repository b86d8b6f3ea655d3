import type { Job } from "./file-watch.ts";

const everyMs = 100;

/** Measures again and again how much later than it should a timer goes off (ms): so long does everything wait for the event loop. */
export function watchDelay(told: (delayMs: number, now: number) => void): Job {
  let due = performance.now() + everyMs;
  const timer = setInterval(() => {
    const now = performance.now();
    told(Math.max(0, now - due), now);
    due = now + everyMs;
  }, everyMs);
  timer.unref();
  return { close: async () => clearInterval(timer) };
}
