import { randomOctets } from "../base/uuid.ts";

const form = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const sampled = 0x01;
const randomTraceId = 0x02;

/**
 * The `traceparent` for the provider: the received one, or a fresh one if it is absent or malformed. The standard asks
 * to restart a broken trace and not to refuse it (W3C Trace Context Level 2, §3.2 and §4.3). A later version is passed
 * on as version 00, the one implemented here.
 */
export function carryTrace(received: string | undefined): string {
  const [, version, trace = "", parent = "", flags = "", more] = form.exec(received ?? "") ?? [];
  const valid =
    version !== undefined && version !== "ff" && (version !== "00" || more === undefined) && !allZero(trace) && !allZero(parent);
  if (!valid) return makeTrace();
  const known = Number.parseInt(flags, 16) & (sampled | randomTraceId);
  return `00-${trace}-${parent}-${version === "00" ? flags : hexOctet(known)}`;
}

/** A new trace, not sampled: the gateway records no spans, and whether to record is the callers' decision. */
function makeTrace(): string {
  return `00-${randomOctets(16).toString("hex")}-${randomOctets(8).toString("hex")}-${hexOctet(randomTraceId)}`;
}

const allZero = (hex: string): boolean => /^0+$/.test(hex);

const hexOctet = (value: number): string => value.toString(16).padStart(2, "0");
