/**
 * Every step between receive and answer at which a process can die and leave something half done, in the order in which an exchange comes
 * by; then those of a registry change, of recovery and of destruction. A campaign stops at each.
 */
export const steps = {
  received: "the head is read, nothing is checked",
  "replay-asked": "the statement verified and is about to be taken",
  "replay-taken": "taken, in memory alone",
  "quota-asked": "a use is about to be counted",
  "quota-spent": "counted, in memory alone",
  "content-read": "the content is whole and not judged",
  "request-judged": "the contract was asked",
  "intent-appending": "the intent is about to be appended",
  "intent-durable": "the intent is durable, nothing is forwarded",
  forwarding: "the request is about to leave",
  "at-provider": "the provider has the request and has not answered",
  "provider-answered": "the answer is whole and not judged",
  "answer-judged": "the contract was asked of the answer",
  "outcome-appending": "the outcome or refusal is about to be appended",
  "transaction-begun": "the head is held, no row is written",
  "rows-written": "the leaves are written and not committed",
  committed: "the leaves are durable, nobody has been told",
  "outcome-durable": "the ledger has said so",
  answering: "the answer is about to be written",
  answered: "the last byte was handed to the kernel",
  "control-appending": "a registry change is committed, its leaf is about to be appended",
  "control-durable": "its leaf is durable, the registry has not been told",
  recovering: "an open intent of a dead process is about to be closed",
  recovered: "closed, and nothing serves yet",
  destroying: "evidence whose time is over is about to be destroyed",
  destroyed: "its key is gone and a leaf says so, nothing is cleared away",
  clearing: "what it left is about to be cleared away",
} as const;

export type ExplanationStep = keyof typeof steps;

/** Told of each step as it is reached. */
export type Reach = (step: ExplanationStep) => void;

/** What a process is told to do: die at the n-th time that it comes to a step. */
export interface KillPlan {
  readonly step: ExplanationStep;
  readonly nth: number;
}
