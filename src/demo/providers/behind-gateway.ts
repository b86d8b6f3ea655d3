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

/** A provider behind a gateway serves only requests with a verified statement, and signs its answers. */
export interface BehindGateway {
  /** Throws a `Problem` if the request is not verified. Its answer is not signed, since a signature names the consumer it answers. */
  verify(request: ReceivedRequest): Promise<VerifiedRequest>;
  /** The value of `Spl-Signature`. */
  sign(answer: SignableAnswer, to: VerifiedRequest): string;
}

export function behindGateway(gateway: string, service: ServiceId, key: SigningKey, keyOf: Verifier["keyOf"], clock: Clock): BehindGateway {
  const verifier: Verifier = { gateway, service, keyOf, replays: replayMemory(), clock };
  return { verify: (request) => verifyRequest(request, verifier), sign: (answer, to) => signAnswer(answer, to, key, clock()) };
}
