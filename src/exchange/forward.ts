import type { ServiceVersion } from "../registry/snapshot.ts";

/** What goes to the provider: method, path after the version segment with its raw query, the fields of protocol §2.4, the content as it came. */
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
}

/**
 * Sends one request to a provider, at most once, and gives back its whole answer. Throws the problems `upstream-unreachable`,
 * `upstream-timeout`, `upstream-busy`, and `response-invalid` for what is no acceptable HTTP answer.
 */
export type Forward = (request: ProviderRequest) => Promise<ProviderAnswer>;

/** Every value of a field, by lower-cased name. */
export function fieldValues(fields: readonly string[], name: string): string[] {
  const values: string[] = [];
  for (let i = 0; i < fields.length; i += 2)
    if (fields[i]!.length === name.length && fields[i]!.toLowerCase() === name) values.push(fields[i + 1]!);
  return values;
}

/** The first value of a field, by lower-cased name. */
export const field = (fields: readonly string[], name: string): string | undefined => fieldValues(fields, name)[0];
