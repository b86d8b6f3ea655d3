import type { ContractDocument } from "../../src/contract/document.ts";
import { createServiceContract } from "../../src/contract/service-contract.ts";
import { median } from "./quantile.ts";
import { contract, pathOf, recordsOf } from "../subjects/records.ts";

/** Judgements of one sample: some 15 ms, so that what else the machine does falls into few of them. */
const batch = 300;

/**
 * V8 compiles beside the program, and the CPU that this takes is the process's, too: with fewer the first figure of a
 * quick run was that of the compiler.
 */
const [warmUp, samples] = [20_000, 99];

/** CPU microseconds of judging the bench's own 10 KB content once, as an answer, in this process: the median of the samples. */
export function timeValidation(): number {
  const { operation } = createServiceContract(contract as unknown as ContractDocument).findOperation("GET", pathOf(10))!;
  const answer = { method: "GET", status: 200, contentType: "application/json", content: recordsOf(10) };
  const judge = (times: number): number => {
    const before = process.cpuUsage();
    for (let i = 0; i < times; i++) {
      const faults = operation.contract.validateResponse(answer);
      if (faults.length > 0) throw new Error(`the bench's content breaks its contract: ${faults[0]!.pointer} ${faults[0]!.detail.en}`);
    }
    const { user, system } = process.cpuUsage(before);
    return (user + system) / times;
  };
  judge(warmUp);
  return median(Array.from({ length: samples }, () => judge(batch)));
}
