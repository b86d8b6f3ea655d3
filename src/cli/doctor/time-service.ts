/** A program that keeps the clock of this machine, and whether it has a source now. */
export interface TimeService {
  readonly name: string;
  readonly synchronized: boolean;
}

/** The reference id 127.127.1.1: with `local` chrony follows the machine's own clock alone, and calls that synchronised. */
const itself = "7F7F0101";

/** `chronyc -c tracking`: 14 values; the first is the reference id, the last the leap status, `Not synchronised` without a source. */
export function readChrony(printed: string): TimeService | undefined {
  const values = printed.trim().split(",");
  if (values.length !== 14) return undefined;
  return { name: "chrony", synchronized: values[0] !== itself && values[13] !== "Not synchronised" };
}

/** `timedatectl show --property=NTPSynchronized --value`: `yes` or `no`. */
export function readTimedatectl(printed: string): TimeService | undefined {
  const answer = printed.trim();
  return answer === "yes" || answer === "no" ? { name: "timedatectl", synchronized: answer === "yes" } : undefined;
}
