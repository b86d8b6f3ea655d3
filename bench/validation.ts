import type { ContractDocument } from "../src/registry/contract/document.ts";
import { createServiceContract } from "../src/registry/contract/service-contract.ts";
import { median } from "./quantile.ts";
import { contract, pathOf, recordsOf } from "./records.ts";

const batch = 1000;

/** CPU microseconds of judging the bench's own 10 KB content once, as an answer, in this process: the median of nine batches, after as many to warm up. */
export function timeValidation(): number {
  const { operation } = createServiceContract(contract as unknown as ContractDocument).findOperation("GET", pathOf(10))!;
  const answer = { method: "GET", status: 200, contentType: "application/json", content: recordsOf(10) };
  const perJudgement = (): number => {
    const before = process.cpuUsage();
    for (let i = 0; i < batch; i++) {
      const faults = operation.contract.judgeResponse(answer);
      if (faults.length > 0) throw new Error(`the bench's content breaks its contract: ${faults[0]!.pointer} ${faults[0]!.detail.en}`);
    }
    const { user, system } = process.cpuUsage(before);
    return (user + system) / batch;
  };
  for (let i = 0; i < 9; i++) perJudgement();
  return median(Array.from({ length: 9 }, perJudgement));
}
