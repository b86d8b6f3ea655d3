/** Milliseconds since the Unix epoch. Every part is given its clock, so that a test can set the time. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();
