import { execFile, execFileSync, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { python3 } from "../support/python.ts";

export interface Client {
  readonly file: string;
  readonly command: readonly string[];
  /** Compiles it into a folder once, for many runs; gives the command of that. */
  readonly compile?: (folder: string) => readonly string[];
  /** Signature algorithms that it makes. */
  readonly algorithms: readonly ("RS256" | "ES256")[];
  /** Each exits 0 where the client can run. */
  readonly needs: readonly (readonly [string, ...string[]])[];
}

const at = (file: string): string => fileURLToPath(new URL(`../../docs/clients/${file}`, import.meta.url));

const java = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"];

export const clients: readonly Client[] = [
  {
    file: "client.php",
    command: ["php", at("client.php")],
    algorithms: ["RS256", "ES256"],
    needs: [["php", "-r", "exit((int) !extension_loaded('openssl'));"]],
  },
  {
    file: "client.py",
    command: [python3, at("client.py")],
    algorithms: ["RS256", "ES256"],
    needs: [
      ["python3", "--version"],
      ["openssl", "version"],
    ],
  },
  {
    file: "client.sh",
    command: ["bash", at("client.sh")],
    algorithms: ["RS256"],
    needs: [
      ["bash", "--version"],
      ["openssl", "version"],
      ["curl", "--version"],
    ],
  },
  {
    file: "Client.java",
    command: [...java, at("Client.java")],
    compile(folder) {
      execFileSync("javac", ["-d", folder, at("Client.java")]);
      return [...java, "-cp", folder, "Client"];
    },
    algorithms: ["RS256"],
    needs: [
      ["java", "--version"],
      ["javac", "--version"],
    ],
  },
];

/** The first command that a client lacks here; `undefined` if it can run. */
export function missing(client: Client): string | undefined {
  return client.needs.find(([name, ...rest]) => spawnSync(name, rest, { stdio: "ignore" }).status !== 0)?.[0];
}

export interface Printed {
  readonly exit: number;
  readonly fields: ReadonlyMap<string, string>;
  readonly content: Buffer;
  /** All of standard output, as one keeps it. */
  readonly transcript: Buffer;
  readonly errors: string;
}

/** Runs a client and reads what it printed: fields, an empty line, the content. */
export function runClient({ command }: Pick<Client, "command">, parameters: readonly string[]): Promise<Printed> {
  const [program, ...rest] = command as [string, ...string[]];
  return new Promise((resolve) => {
    execFile(program, [...rest, ...parameters], { encoding: "buffer", maxBuffer: 1 << 24 }, (fault, transcript, errors) => {
      const end = transcript.indexOf("\n\n");
      const lines = transcript.subarray(0, Math.max(end, 0)).toString("utf8").split("\n");
      const fields = new Map(
        lines.map((line): [string, string] => [line.split(":", 1)[0]!.toLowerCase(), line.slice(line.indexOf(":") + 2)]),
      );
      resolve({
        exit: fault === null ? 0 : Number(fault.code),
        fields,
        content: transcript.subarray(end + 2),
        transcript,
        errors: errors.toString(),
      });
    });
  });
}
