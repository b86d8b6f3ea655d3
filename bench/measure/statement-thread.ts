import { parentPort, workerData } from "node:worker_threads";
import { claimsFor, signStatement } from "../../src/trust/sign.ts";
import { maxLifetimeSeconds } from "../../src/trust/statement.ts";
import type { Order } from "./statements.ts";

/** The thread behind `signAhead`. */

const { intention, key, count } = workerData as Order;
const statements = Array.from({ length: count }, () =>
  signStatement(claimsFor({ ...intention, nowSeconds: Math.floor(Date.now() / 1000), lifetimeSeconds: maxLifetimeSeconds }), key),
);
parentPort!.postMessage(statements);
