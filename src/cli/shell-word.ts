/** The text between quotes, as one word of a shell. */
export const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** The text as one word of a shell, quoted only where it must be. */
export const shellWord = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : quoted(text));

/** A command to paste; `args` are words as a program gets them. */
export const commandLine = (...args: readonly string[]): string => ["npm run -s simpul --", ...args.map(shellWord)].join(" ");
