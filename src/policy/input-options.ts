/** Parts of an input that add nothing to an option's name: `complete` takes a dossier and nothing else. */
const unnamed: ReadonlySet<string> = new Set(["dossier"]);

/** The option for a member of an action's input, without `--`: `hosting-place` for `dossier.hosting.place` of the control API. */
export const optionName = (path: readonly string[]): string =>
  path
    .filter((part) => !unnamed.has(part))
    .join("-")
    .replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `--document` is given once for each of the `documents`. */
export const slotOptionName = (path: readonly string[]): string => optionName(path).replace(/s$/, "");

/** How a member is given, for who types it and for who calls the API: `--plan-entry VALUE (API: planEntry)`. */
export const optionFor = (member: string, value: string): string => `--${optionName(member.split("."))} ${value} (API: ${member})`;

/** The same of a letter, by its number, its date and its file. */
export function letterOptionsFor(member: string): string {
  const name = optionName(member.split("."));
  return `--${name}-number NUMBER --${name}-date DATE --${name}-file FILE (API: ${member})`;
}

/** The same of one letter among several, by what it is for. */
export function slotOptionFor(member: string, slot: string): string {
  return `--${slotOptionName(member.split("."))} ${slot}=FILE:NUMBER:DATE (API: ${member}.${slot})`;
}
