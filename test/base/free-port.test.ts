import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { freePort } from "../../src/base/free-port.ts";

const several = 300;

it.runIf(process.platform === "linux")("gives no port twice, to this process or another, while they live", async () => {
  const ports = (count: number): Promise<number[]> => Promise.all(Array.from({ length: count }, freePort));
  const own = await ports(several);
  const program = `
    const { freePort } = await import(${JSON.stringify(new URL("../../src/base/free-port.ts", import.meta.url).href)});
    console.log(JSON.stringify(await Promise.all(Array.from({ length: ${several} }, freePort))));
    setTimeout(() => undefined, 0);`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program]);
  const others = JSON.parse(stdout) as number[];
  expect(new Set([...own, ...others]).size).toBe(2 * several);
});
