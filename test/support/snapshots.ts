import type { Grant, ServiceVersion, Snapshot } from "../../src/registry/snapshot.ts";
import type { Contract, Operation } from "../../src/contract/contract.ts";
import { consumer, service } from "./parties.ts";

/** The parts of the data plane's rules that a test is about, over rules that allow everything. */

const contract: Contract = {
  takes: [],
  accepts: () => true,
  judgeRequest: () => [],
  validateResponse: () => [],
  declaresField: () => false,
  fieldsOf: () => undefined,
  knowsField: () => false,
};
export const operation: Operation = { id: "getCatatan", contract };

export const grant = (over: Partial<Grant> = {}): Grant => ({
  id: `${consumer}#baca`,
  service,
  operations: new Set(["getCatatan"]),
  purpose: "verifikasi",
  legalBasis: "Perbup Uji 1/2026",
  from: 0,
  until: undefined,
  rate: { perSecond: 1, burst: 1 },
  dailyQuota: 1,
  fields: undefined,
  decided: true,
  decidedAt: 0,
  previous: undefined,
  replacedBy: undefined,
  suspensions: [],
  ...over,
});

export const version = (over: Partial<ServiceVersion> = {}): ServiceVersion => ({
  id: service,
  provider: "ID-16.03/GOV/disdukcapil/siak",
  state: "active",
  trial: false,
  suspension: undefined,
  dependsOn: [],
  classification: "terbatas",
  fullReceipt: false,
  signedAnswers: false,
  evidenceMonths: 12,
  upstream: "http://127.0.0.1:1",
  replicas: [],
  drained: new Set(),
  basePath: "",
  connectTimeoutMs: 1,
  responseTimeoutMs: 1,
  maxConnections: 1,
  maxRequestBytes: 1,
  maxResponseBytes: 1,
  validateResponses: "off",
  validateOperations: new Map(),
  deprecation: undefined,
  openGrant: undefined,
  operations: () =>
    new Map([
      ["getCatatan", operation],
      ["createCatatan", operation],
    ]),
  findOperation: () => ({ operation, pathParameters: [] }),
  ...over,
});

export const snapshot = (over: Partial<Snapshot> = {}): Snapshot => ({
  version: 1,
  instance: "ID-16.03",
  root: "",
  policyRoot: "",
  timeZone: "Asia/Jakarta",
  services: new Map(),
  subsystems: new Set([consumer]),
  testers: new Set(),
  auditors: new Set(),
  keys: new Map(),
  grants: new Map(),
  ...over,
});
