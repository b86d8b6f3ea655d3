import { expect, it } from "vitest";
import type { ResponseFault } from "../../src/base/response-fault.ts";
import { createRecentFaults } from "../../src/telemetry/recent-faults.ts";

const fault = (service: string, exchange: string): ResponseFault => ({
  at: "2026-12-01T02:00:00.000Z",
  exchange,
  service,
  operation: "getCatatan",
  code: "response-invalid",
  delivered: false,
  pointers: [],
});
const exchanges = (faults: readonly ResponseFault[]) => faults.map(({ exchange }) => exchange);

it("keeps the newest of each service, newest first", () => {
  const recent = createRecentFaults({ services: 2, ofEach: 3 });
  for (const exchange of ["1", "2", "3", "4"]) recent.add(fault("a", exchange));
  recent.add(fault("b", "5"));
  expect([exchanges(recent.of("a")), exchanges(recent.of("b")), recent.of("c")]).toEqual([["4", "3", "2"], ["5"], []]);
});

it("forgets the service whose last wrong answer is the oldest when there are too many", () => {
  const recent = createRecentFaults({ services: 2, ofEach: 3 });
  for (const service of ["a", "b", "a", "c"]) recent.add(fault(service, service));
  expect([recent.of("a").length, recent.of("b").length, recent.of("c").length]).toEqual([2, 0, 1]);
});
