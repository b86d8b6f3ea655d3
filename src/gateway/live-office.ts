import type { Office, Performed } from "../policy/acts/office.ts";

/**
 * An office whose acts come to serve at once: after each, `goLive` is asked for and not waited for, so that the answer says what was decided and
 * not how long a snapshot takes. The next act begins when those before it serve, since some conditions look at what is served.
 */
export function liveOffice(office: Office, goLive: () => Promise<void>): Office & { settled(): Promise<void> } {
  const acting = new Set<Promise<Performed>>();
  let live: Promise<void> = Promise.resolve();

  const perform: Office["perform"] = async (performance) => {
    await live;
    const performed = await office.perform(performance);
    // The watch says what went wrong, and looks again by itself.
    live = goLive().catch(() => undefined);
    return performed;
  };
  return {
    ...office,
    perform(performance) {
      const act = perform(performance).finally(() => acting.delete(act));
      acting.add(act);
      return act;
    },
    /** Resolves when no act is under way. */
    async settled() {
      await Promise.allSettled(acting);
      await live;
    },
  };
}
