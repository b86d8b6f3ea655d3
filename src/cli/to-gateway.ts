import { send, type Sending, type Sent } from "../agent/consumer.ts";
import { messages } from "./messages.ts";
import { CommandFault, UsageFault } from "./verb.ts";

/** Sends as `send` does. Throws a `CommandFault` if the gateway cannot be reached. */
export const sendToGateway = (sending: Sending): Promise<Sent> =>
  send(sending).catch((error: NodeJS.ErrnoException) => {
    throw new CommandFault(messages.gatewayUnreachable(sending.aud, error.code ?? error.message), error);
  });

/** The value of `--alg`, which says for which of two algorithms an RSA key is registered. */
export function rsaAlgorithm(alg: string | undefined): "RS256" | "PS256" | undefined {
  if (alg === undefined || alg === "RS256" || alg === "PS256") return alg;
  throw new UsageFault(messages.rsaAlgorithms);
}
