import type { WriteStream } from "node:tty";

/**
 * One line that is written over: a bar, how much is done, and what there is to say about it. Without a terminal, a line now and then.
 */
export function progressBar(total: number, to: WriteStream = process.stderr): { at(done: number, said: string): void; end(): void } {
  const width = 30;
  let written = 0;
  return {
    at(done, said) {
      const filled = Math.round((Math.min(done, total) / total) * width);
      const line = `${"█".repeat(filled)}${"░".repeat(width - filled)} ${done}/${total} ${said}`;
      if (to.isTTY) to.write(`\r\x1b[2K${line.slice(0, to.columns - 1)}`);
      else if (done === total || done - written >= total / 10) {
        written = done;
        to.write(`${line}\n`);
      }
    },
    end: () => void (to.isTTY && to.write("\n")),
  };
}
