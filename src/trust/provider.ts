/**
 * `simpul/trust`, for providers in TypeScript or JavaScript: verify the request that arrives, sign the answer that
 * leaves (protocol §2.4 and §3; docs/provider.md). Nothing here needs a gateway's configuration or database.
 */
export { verifyRequest, toleratedSkewSeconds, type ReceivedRequest, type VerifiedRequest, type Verifier } from "./verify-request.ts";
export { signAnswer, type AnswerTo, type SignableAnswer } from "./sign-answer.ts";
export { replayMemory, type ReplayMemory, type Taking } from "./replay-memory.ts";
export { keyDirectory, type KeyDirectoryOptions, type PublishedKey } from "./key-directory.ts";
export type { SignerKey } from "./key-fault.ts";
export { signingKeyOf, type SigningKey } from "./sign.ts";
