import { getCompileCacheDir } from "node:module";
import { dirname } from "node:path";

/**
 * What a thread of ours gets as its environment: nothing of the process's settings, only where compiled code is cached.
 * Without the cache a thread strips and compiles its part of the program at each start, which is most of its start.
 */
export function threadEnvironment(): NodeJS.ProcessEnv {
  // Node's own folder for its version, below the one that was given.
  const cache = getCompileCacheDir();
  return cache === undefined ? {} : { NODE_COMPILE_CACHE: dirname(cache) };
}
