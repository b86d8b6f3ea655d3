import type { Clock } from "../../base/clock.ts";
import type { ServiceId } from "../../base/names.ts";
import {
  replayMemory,
  signAnswer,
  verifyRequest,
  type ReceivedRequest,
  type SignableAnswer,
  type SigningKey,
  type VerifiedRequest,
  type Verifier,
} from "../../trust/provider.ts";

/** How a provider stands behind a gateway: it serves nobody but consumers who are proved, and signs what it tells them. */
export interface BehindGateway {
  /** Throws a `Problem`; then nothing is executed, and what is said about it is not signed, for nobody is known whom it would be said to. */
  verify(request: ReceivedRequest): Promise<VerifiedRequest>;
  /** The `Spl-Signature`. */
  sign(answer: SignableAnswer, to: VerifiedRequest): string;
}

export function behindGateway(gateway: string, service: ServiceId, key: SigningKey, keyOf: Verifier["keyOf"], clock: Clock): BehindGateway {
  const verifier: Verifier = { gateway, service, keyOf, replays: replayMemory(), clock };
  return { verify: (request) => verifyRequest(request, verifier), sign: (answer, to) => signAnswer(answer, to, key, clock()) };
}
