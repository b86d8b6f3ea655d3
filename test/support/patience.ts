/** How long a test waits for what another part does in its own time. Only a part that hangs takes so long, however busy the machine is. */
export const patienceMs = 60_000;

/** Asks again and again until the answer is neither `false` nor `undefined`, and gives it; rejects when patience ends. */
export async function eventually<T>(attempt: () => T | Promise<T>): Promise<Exclude<T, false | undefined>> {
  for (const end = performance.now() + patienceMs; performance.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
    const found = await attempt();
    if (found !== undefined && found !== false) return found as Exclude<T, false | undefined>;
  }
  throw new Error(`it did not happen within ${patienceMs} ms: ${attempt.toString()}`);
}
