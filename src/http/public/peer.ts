import type { Socket } from "node:net";
import type { Peer } from "../../base/message.ts";

/** The peer of a connection. A socket that is gone has no address; no network contains `""`, so check 2 refuses it. */
export const peerOf = ({ remoteAddress = "" }: Pick<Socket, "remoteAddress">): Peer => ({ address: remoteAddress });
