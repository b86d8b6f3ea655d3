import type { Rate } from "../../base/rate.ts";
import type { Contact } from "./parts.ts";

export interface ServiceContent {
  readonly provider: string;
  readonly title: string;
  readonly description: string;
  readonly classification: string;
  /** `false`: its data are about nobody (UU 27/2022). Absent: they are about people. */
  readonly personalData?: false;
  readonly open?: { readonly purpose: string; readonly legalBasis: string; readonly rate: Rate; readonly dailyQuota: number };
  readonly limits: ServiceLimits;
  readonly validateResponses: ValidationMode;
  /** Where an operation differs from that, by its id. */
  readonly validateOperations?: Readonly<Record<string, ValidationMode>>;
  readonly receipt?: "full" | "on-request";
  readonly providerSignature?: "required" | "optional";
  readonly upstream: string;
  /** Further addresses of the same application. */
  readonly replicas?: readonly Replica[];
  /** Before every path at the provider, `/v2`: it tells versions behind one upstream apart. */
  readonly basePath?: string;
  readonly contact?: Contact;
  /** Digest of the OpenAPI document by which the gateway judges, as JSON. */
  readonly contract: string;
  /** Digests of what the provider gave, byte for byte: `openapi.yaml` and the files that it names, by path. Absent in older entries. */
  readonly given?: Readonly<Record<string, string>>;
}

/** Its share of the requests is `weight`, where that of the upstream itself is 1. */
export interface Replica {
  readonly origin: string;
  readonly weight: number;
}

/** Answers that break the contract: `off` does not look for them, `report` counts them, `enforce` refuses them. */
export type ValidationMode = "off" | "report" | "enforce";

export interface ServiceLimits {
  readonly maxRequestBytes: number;
  readonly maxResponseBytes: number;
  readonly connectTimeoutMs: number;
  readonly responseTimeoutMs: number;
  readonly maxConnections: number;
}

/** The digests of all documents of a contract: the one by which the gateway judges, and what was given. */
export const contractDocuments = ({ contract, given = {} }: Pick<ServiceContent, "contract" | "given">): readonly string[] => [
  contract,
  ...Object.values(given),
];
