import { readdirSync, readFileSync, writeFileSync } from "node:fs";

/** Linux reports CPU time to user space in hundredths of a second on every architecture that Node runs on. */
const ticksPerSecond = 100;

interface Stat {
  readonly parent: number;
  readonly cpuSeconds: number;
}

/** One line of `/proc/<pid>/stat` (proc(5)); utime and stime are those of all threads. The name in parentheses may hold anything. */
export function parseStat(line: string): Stat {
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  return { parent: Number(fields[1]), cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond };
}

/** Lines of `/proc/<pid>/status` in kB. */
export function parseStatus(text: string, name: "VmHWM" | "VmRSS"): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(text)?.[1] ?? NaN) * 1024;
}

/** CPU and memory of a process with all its descendants, as the kernel counts them. Linux only. */
export function processTree(root: number): { cpuSeconds(): number; peakBytes(): number; resetPeak(): void } {
  const members = (): Map<number, Stat> => {
    const all = new Map<number, Stat>();
    for (const name of readdirSync("/proc")) {
      const stat = /^\d+$/.test(name) ? read(`/proc/${name}/stat`) : undefined;
      if (stat !== undefined) all.set(Number(name), parseStat(stat));
    }
    const tree = new Map<number, Stat>();
    const add = (pid: number): void => {
      const stat = all.get(pid);
      if (stat === undefined) return;
      tree.set(pid, stat);
      for (const [child, { parent }] of all) if (parent === pid) add(child);
    };
    add(root);
    return tree;
  };
  const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
  return {
    cpuSeconds: () => sum([...members().values()].map((stat) => stat.cpuSeconds)),
    peakBytes: () => sum([...members().keys()].map((pid) => parseStatus(read(`/proc/${pid}/status`) ?? "", "VmHWM"))),
    // proc(5): 5 resets the peak to what is resident now.
    resetPeak: () => {
      for (const pid of members().keys()) writeFileSync(`/proc/${pid}/clear_refs`, "5");
    },
  };
}

/** A process may end while we look. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
