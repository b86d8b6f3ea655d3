import type { Text } from "../../base/text.ts";
import type { Control } from "../../control-client/control-client.ts";
import type { VerbOptions } from "../verb.ts";
import type { ActWord } from "./act-labels.ts";
import type { Values } from "./connect.ts";
import { messages as consumers } from "./consumers-messages.ts";
import { printConsumers } from "./consumers.ts";
import { printGivenContract } from "./given-contract.ts";
import { messages as given } from "./given-contract-messages.ts";
import { messages as faults } from "./faults-messages.ts";
import { printFaults } from "./faults.ts";
import { printKeyExchanges } from "./key-exchanges.ts";
import { messages } from "./messages.ts";
import { messages as upstreams } from "./upstreams-messages.ts";
import { printUpstreams } from "./upstreams.ts";

/** A step that only reads. */
export interface Query {
  /** What follows its name: `[ID]`. */
  readonly usage: string;
  readonly title: Text;
  readonly options?: VerbOptions;
  /** Prints what it reads, as one JSON document where `json` is asked for, and gives the exit status. */
  print(control: Control, id: string | undefined, json: boolean, values: Values): Promise<number>;
}

/** The steps that only read, of each kind of entry, besides the `list` and `show` of all. */
export const queries: Readonly<Partial<Record<ActWord, Readonly<Record<string, Query>>>>> = {
  service: {
    consumers: { usage: "[ID]", title: consumers.title, print: printConsumers },
    contract: {
      usage: "ID [--out FOLDER]",
      title: given.title,
      options: { out: { type: "string", value: "FOLDER", means: given.out } },
      print: (control, id, json, values) => printGivenContract(control, id, json, values["out"] as string | undefined),
    },
    faults: { usage: "ID", title: faults.title, print: printFaults },
  },
  subsystem: {
    upstreams: { usage: "ID", title: upstreams.title, print: printUpstreams },
  },
  key: {
    exchanges: {
      usage: "ID [--since 2026-01-31T21:30]",
      title: messages.exchangesOfKey,
      options: { since: { type: "string", value: "2026-01-31T21:30", means: messages.exchangesSince } },
      print: (control, id, json, values) => printKeyExchanges(control, id, json, values["since"] as string | undefined),
    },
  },
};
