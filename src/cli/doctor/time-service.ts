/** A program that keeps the clock of this machine, and whether it has a source now. */
export interface TimeService {
  readonly name: string;
  readonly synchronized: boolean;
}

/** `chronyc -c tracking`: one line of 14 values, the last is the leap status, `Not synchronised` without a source. */
export function readChrony(printed: string): TimeService | undefined {
  const values = printed.trim().split(",");
  return values.length === 14 ? { name: "chrony", synchronized: values[13] !== "Not synchronised" } : undefined;
}

/** `timedatectl show --property=NTPSynchronized --value`: `yes` or `no`. */
export function readTimedatectl(printed: string): TimeService | undefined {
  const answer = printed.trim();
  return answer === "yes" || answer === "no" ? { name: "timedatectl", synchronized: answer === "yes" } : undefined;
}
