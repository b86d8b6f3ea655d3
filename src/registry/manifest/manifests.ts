import type { EntryContents, ManifestTerms, ServiceLimits, ValidationMode } from "../entry.ts";

/** `services/instance.yaml`, as its schema has passed it; so are the others below. */
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
  readonly replicas?: readonly ReplicaManifest[];
  readonly grants?: readonly GrantManifest[];
}

/** Its `id` is unique among those of its subsystem; `from` and `until` are days or moments, `until` inclusive. */
export interface GrantManifest extends Omit<ManifestTerms, "consumer"> {
  readonly id: string;
}

export interface ServiceManifest extends Pick<
  EntryContents["service"],
  "title" | "description" | "classification" | "basePath" | "open" | "receipt" | "providerSignature" | "contact"
> {
  readonly state?: "active" | "suspended" | "retired";
  /** Whether its data are about people; they are unless it says `false`. */
  readonly personalData?: boolean;
  readonly limits?: Partial<ServiceLimits>;
  readonly validation?: {
    readonly responses?: ValidationMode;
    readonly operations?: Readonly<Record<string, { readonly responses: ValidationMode }>>;
  };
  readonly upstream?: string;
  readonly replicas?: readonly ReplicaManifest[];
}

/** Another address of the application; `weight` is 1 unless said. */
export interface ReplicaManifest {
  readonly origin: string;
  readonly weight?: number;
}

/** The limits of a service that states none. */
export const defaultLimits: ServiceLimits = {
  maxRequestBytes: 65_536,
  maxResponseBytes: 1_048_576,
  connectTimeoutMs: 1_000,
  responseTimeoutMs: 5_000,
  maxConnections: 64,
};
