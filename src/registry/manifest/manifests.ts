import type { EntryContents, Rate, ServiceLimits, ValidationMode } from "../entry.ts";

/** The manifests as their schemas leave them. */
export interface InstanceManifest {
  readonly instance: string;
  readonly name: string;
  readonly timeZone: string;
  /** Id of the policy profile: a file of `policies/regulations`. */
  readonly profile?: string;
  readonly auditors?: readonly string[];
}

export type MemberManifest = EntryContents["member"];

export interface SubsystemManifest {
  readonly name: string;
  readonly upstream?: string;
  readonly grants?: readonly GrantManifest[];
}

export interface GrantManifest {
  readonly id: string;
  readonly service: string;
  readonly operations: readonly string[];
  readonly purpose: string;
  readonly legalBasis: string;
  readonly from: string;
  readonly until?: string;
  readonly rate: Rate;
  readonly dailyQuota: number;
  readonly fields?: readonly string[];
}

export interface ServiceManifest extends Pick<
  EntryContents["service"],
  "title" | "description" | "classification" | "open" | "receipt" | "providerSignature" | "contact"
> {
  readonly state?: "active" | "suspended" | "retired";
  readonly limits?: Partial<ServiceLimits>;
  readonly validation?: {
    readonly responses?: ValidationMode;
    readonly operations?: Readonly<Record<string, { readonly responses: ValidationMode }>>;
  };
  readonly upstream?: string;
}

/** What a service gets that says nothing else. */
export const defaultLimits: ServiceLimits = {
  maxRequestBytes: 65_536,
  maxResponseBytes: 1_048_576,
  connectTimeoutMs: 1_000,
  responseTimeoutMs: 5_000,
  maxConnections: 64,
};
