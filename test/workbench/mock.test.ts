import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startMock, type Mock } from "../../src/workbench/mock.ts";
import type { Sample } from "../../src/workbench/samples.ts";

const request = { target: "", hdr: {}, content: undefined, lacking: [] };
const madeUp: readonly string[] = [];
const succeeds = true;
const samples: readonly Sample[] = [
  {
    id: "getCatatan",
    method: "GET",
    template: "/catatan/{kode}",
    request,
    madeUp,
    succeeds,
    answer: { status: 200, content: { type: "application/json", bytes: Buffer.from('{"a":1}') } },
  },
  { id: "createCatatan", method: "POST", template: "/catatan", request, madeUp, succeeds, answer: { status: 204, content: undefined } },
  { id: "listCatatan", method: "GET", template: "/catatan", request, madeUp, succeeds, answer: undefined },
];

describe("a mock of a provider", () => {
  let mock: Mock;
  beforeAll(async () => void (mock = await startMock(samples)));
  afterAll(() => mock.close());
  const ask = async (path: string, method = "GET", body?: string): Promise<readonly [number, string | null, string]> => {
    const answer = await fetch(mock.origin + path, { method, ...(body === undefined ? {} : { body }) });
    return [answer.status, answer.headers.get("content-type"), await answer.text()];
  };

  it("answers each operation with its example, whatever is asked of it", async () => {
    expect(await ask("/catatan/X?tahun=1")).toEqual([200, "application/json", '{"a":1}']);
    expect(await ask("/catatan", "POST", "x".repeat(100_000))).toEqual([204, null, ""]);
  });

  it("answers HEAD as GET, without content", async () => {
    expect(await ask("/catatan/X", "HEAD")).toEqual([200, "application/json", ""]);
  });

  it("says in problem documents what the contract does not show, and what is not in it", async () => {
    expect(await ask("/catatan")).toEqual([501, "application/problem+json", expect.stringContaining("listCatatan") as string]);
    expect((await ask("/lain"))[0]).toBe(404);
    expect((await ask("/catatan", "DELETE"))[0]).toBe(404);
  });
});
