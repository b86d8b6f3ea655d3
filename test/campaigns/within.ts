/** How long a campaign waits for what comes by itself, on a machine that has other things to do. */
export const patienceMs = 60_000;

/** Asks again and again until it holds; rejects when so many milliseconds have passed. */
export async function within(ms: number, holds: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + ms; performance.now() < end; await new Promise((resolve) => setTimeout(resolve, 20)))
    if (await holds()) return;
  throw new Error(`it did not come to it within ${ms} ms: ${holds.toString()}`);
}
