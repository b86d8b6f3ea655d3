import type { Server } from "node:http";
import type { Gateway } from "../../src/exchange/ports.ts";
import type { Ledger, LedgerEntry } from "../../src/ledger/ledger.ts";
import type { LedgerStore } from "../../src/ledger/store.ts";
import type { ServiceVersion, Snapshot } from "../../src/registry/snapshot.ts";
import type { Contract, Operation } from "../../src/contract/contract.ts";
import type { Reach, ExplanationStep } from "./steps.ts";

/** Reports what an exchange does through its ports. */
export function stoppingPorts(reach: Reach): (gateway: Gateway) => Gateway {
  return (gateway) => {
    const { snapshot, replays, quota, forward } = gateway;
    return {
      ...gateway,
      snapshot: stoppingSnapshot(snapshot, reach),
      replays: {
        ...replays,
        claim(statement, now) {
          reach("replay-asked");
          const taken = replays.claim(statement, now);
          reach("replay-taken");
          return taken;
        },
      },
      quota: {
        spend(...asked) {
          reach("quota-asked");
          const spent = quota.spend(...asked);
          reach("quota-spent");
          return spent;
        },
      },
      async forward(request) {
        reach("forwarding");
        const answer = await forward(request);
        reach("provider-answered");
        return answer;
      },
    };
  };
}

/** A snapshot whose contracts report that they were asked; made once for each snapshot that serves. */
function stoppingSnapshot(current: Gateway["snapshot"], reach: Reach): Gateway["snapshot"] {
  const made = new WeakMap<Snapshot, Snapshot>();
  const contract = (inner: Contract): Contract => ({
    ...inner,
    judgeRequest(request) {
      const faults = inner.judgeRequest(request);
      reach("request-judged");
      return faults;
    },
    validateResponse(response) {
      const faults = inner.validateResponse(response);
      reach("answer-judged");
      return faults;
    },
  });
  const operation = (inner: Operation): Operation => ({ ...inner, contract: contract(inner.contract) });
  const service = (inner: ServiceVersion): ServiceVersion => ({
    ...inner,
    findOperation(method, path) {
      const found = inner.findOperation(method, path);
      return found === undefined ? undefined : { ...found, operation: operation(found.operation) };
    },
  });
  const wrapped = (inner: Snapshot): Snapshot => ({
    ...inner,
    services: new Map(Array.from(inner.services, ([id, version]) => [id, service(version)])),
  });
  return () => {
    const inner = current();
    const before = made.get(inner);
    if (before !== undefined) return before;
    const fresh = wrapped(inner);
    made.set(inner, fresh);
    return fresh;
  };
}

/**
 * Reports appends as they begin and end, and the clearing away. Outcomes that come before the gateway serves close what a dead process left
 * open.
 */
export function stoppingLedger(ledger: Ledger, serves: () => boolean, reach: Reach): Ledger {
  const around = ({ type, destroys }: LedgerEntry): readonly [ExplanationStep, ExplanationStep] => {
    if (destroys !== undefined) return ["destroying", "destroyed"];
    if (type === "control") return ["control-appending", "control-durable"];
    if (type === "intent") return ["intent-appending", "intent-durable"];
    return serves() ? ["outcome-appending", "outcome-durable"] : ["recovering", "recovered"];
  };
  return {
    ...ledger,
    async append(entry) {
      const [before, after] = around(entry);
      reach(before);
      const appended = await ledger.append(entry);
      reach(after);
      return appended;
    },
    async purge() {
      reach("clearing");
      return ledger.purge();
    },
  };
}

/** Reports what goes on within the store's one transaction. `seal` is called once the head is held; tiles are written after the leaves. */
export function stoppingStore(store: LedgerStore, reach: Reach): LedgerStore {
  return {
    ...store,
    async commit(change) {
      const seal = (): string => {
        reach("transaction-begun");
        return change.seal();
      };
      const tiles = new Proxy(change.tiles, {
        get(target, name, receiver) {
          if (name === Symbol.iterator) reach("rows-written");
          return Reflect.get(target, name, receiver) as unknown;
        },
      });
      const committed = await store.commit({ ...change, seal, tiles });
      reach("committed");
      return committed;
    },
  };
}

/** Reports what the listener sees of an exchange, before the gateway does. */
export function stoppingServer(server: Server, reach: Reach): void {
  server.prependListener("request", (request, response) => {
    reach("received");
    if (request.headers["content-type"] !== undefined) request.prependListener("end", () => reach("content-read"));
    const { writeHead } = response;
    response.writeHead = (...given: unknown[]) => {
      reach("answering");
      return (writeHead as (...all: unknown[]) => typeof response).apply(response, given);
    };
    response.once("finish", () => reach("answered"));
  });
}
