/** Milliseconds since the Unix epoch. Given, never read in passing, so that a test can turn it. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();
