import type { Problem } from "../base/problem.ts";
import type { ServiceVersion } from "../registry/snapshot.ts";

/**
 * A request to the provider: base path and path after the version segment with the raw query, the fields of protocol §2.4, the
 * content as received.
 */
export interface ProviderRequest {
  readonly service: ServiceVersion;
  readonly method: string;
  readonly target: string;
  /** Names and values, alternating. */
  readonly fields: readonly string[];
  readonly content: Buffer;
}

export interface ProviderAnswer {
  readonly status: number;
  /** Names and values as the provider sent them, alternating. */
  readonly fields: readonly string[];
  readonly content: Buffer;
  /** Why the answer did not come whole; `content` is then what arrived of it. It is recorded and not delivered. */
  readonly cut?: Problem;
}

/**
 * Sends one request to a provider, at most once, and resolves to its answer. Where no answer began, throws the problems
 * `upstream-busy` and `upstream-unreachable` (it was not carried out), `upstream-lost` and `upstream-timeout` (it may
 * have been), and `response-invalid` for what is no HTTP.
 */
export type Forward = (request: ProviderRequest) => Promise<ProviderAnswer>;

/** All values of a field; `name` in lower case. */
export function fieldValues(fields: readonly string[], name: string): string[] {
  const values: string[] = [];
  for (let i = 0; i < fields.length; i += 2)
    if (fields[i]!.length === name.length && fields[i]!.toLowerCase() === name) values.push(fields[i + 1]!);
  return values;
}

/** The first value of a field; `name` in lower case. */
export const field = (fields: readonly string[], name: string): string | undefined => fieldValues(fields, name)[0];
