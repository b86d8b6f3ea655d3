/** The text between quotes, as one word of a shell. */
export const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** The text as one word of a shell, quoted only where it must be. */
export const shellWord = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : quoted(text));

/** What tells how this process was started. */
export interface Start {
  /** `$0` of the launcher `simpul`: its path, or that of a link to it, as the user typed it. */
  readonly launcher?: string | undefined;
  /** The script that npm runs. */
  readonly script?: string | undefined;
  /** Where the user stands. */
  readonly cwd: string;
  /** The project's folder. */
  readonly project: string;
  readonly platform: NodeJS.Platform;
}

/**
 * The words that run a verb again from where the user stands: the launcher as it was typed, or npm for those who used it and for Windows,
 * where a shell script does not run. Whoever started the program in another way (`npm start`, a service manager) gets the launcher's path.
 */
export function programOf({ launcher, script, cwd, project, platform }: Start): string {
  if (launcher !== undefined) return shellWord(launcher);
  if (script === "simpul" || platform === "win32") {
    // Outside the project's folder npm ends with status 254 and says nothing.
    const inside = cwd === project || cwd.startsWith(`${project}${platform === "win32" ? "\\" : "/"}`);
    if (inside) return "npm run -s simpul --";
    return `npm --prefix ${platform === "win32" ? `"${project}"` : shellWord(project)} run -s simpul --`;
  }
  return cwd === project ? "./simpul" : shellWord(`${project}/simpul`);
}

let program = "./simpul";
let settings: readonly string[] = [];

/** To be called once, before anything is printed. */
export function startedBy(start: Start): void {
  program = programOf(start);
}

/** `given`: the settings on the command line of this process, as words. */
export function startedWith(given: readonly string[]): void {
  settings = given;
}

/** A command to paste; `args` are words as a program gets them. */
export const commandLine = (...args: readonly string[]): string => [program, ...args.map(shellWord)].join(" ");

/** A command to paste that concerns the same instance: it repeats the settings on the command line of this process. */
export const commandHere = (...args: readonly string[]): string => commandLine(...args, ...settings);
