import type { ServiceVersion } from "../../../src/registry/snapshot.ts";
import type { BlockList } from "node:net";
import { createForwarder, type Forwarder } from "../../../src/http/upstream/forward.ts";

/** A forwarder that takes no address out, however often it fails. */
export const patientForwarder = (networks: BlockList, maxWaiting: number): Forwarder =>
  createForwarder({ networks, maxWaiting, circuit: { failures: Infinity, pauseMs: 1, longestPauseMs: 1 }, clock: Date.now });

/** What a service needs of addresses, where it has one. */
export const oneAddress: Pick<ServiceVersion, "replicas" | "drained"> & object = { replicas: [], drained: new Set<string>() };
