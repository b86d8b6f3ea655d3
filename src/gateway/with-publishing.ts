import type { CommandHandler, CommandResult } from "../policy/acts/command-handler.ts";

/**
 * An office whose acts come to serve at once: after each, `goLive` is asked for and not waited for, so that the answer says what was decided and
 * not how long a snapshot takes. The next act begins when those before it serve, since some conditions look at what is served.
 */
export function withPublishing(commands: CommandHandler, publish: () => Promise<void>): CommandHandler & { idle(): Promise<void> } {
  const executing = new Set<Promise<CommandResult>>();
  let live: Promise<void> = Promise.resolve();

  const execute: CommandHandler["execute"] = async (command) => {
    await live;
    const result = await commands.execute(command);
    // The watch says what went wrong, and looks again by itself.
    live = publish().catch(() => undefined);
    return result;
  };
  return {
    ...commands,
    execute(command) {
      const act = execute(command).finally(() => executing.delete(act));
      executing.add(act);
      return act;
    },
    /** Resolves when no act is under way. */
    async idle() {
      await Promise.allSettled(executing);
      await live;
    },
  };
}
