/** A piece of one line of a document, with the subject of a finding in its middle. */
export interface Excerpt {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

/** In characters. Beyond `looked` nothing is read: a document may be one long line. */
const widest = { before: 48, marked: 72, after: 48, looked: 400 };
/** What follows such a name is data, possibly of a person. */
const dataName = /(?:^|[\s{,"'])(?:examples?|default)["']?\s*:/;
const inData = /(?:\/examples?|(?<!\/responses)\/default)(?:\/|$)/;

/**
 * The place of a finding, quoted from the document; `undefined` where it is within an example or empty. Never shows a
 * value of an example, nor what may be the end of one.
 */
export function excerptAt(
  lines: readonly string[],
  { line, column, pointer }: { readonly line: number; readonly column: number; readonly pointer: string },
): Excerpt | undefined {
  const text = lines[line - 1];
  if (text === undefined || inData.test(pointer)) return undefined;
  const rest = text.slice(column - 1, column - 1 + widest.looked);
  if (rest.trim() === "") return undefined;
  const lead = text.slice(Math.max(0, column - 1 - widest.looked), column - 1).trimStart();
  const before =
    column > widest.looked || dataName.test(lead) || closesMore(lead)
      ? "… "
      : lead.length > widest.before
        ? `… ${lead.slice(-widest.before)}`
        : lead;
  const whole = tokenAt(rest, /[{[]/.test(lead));
  const marked = upToData(whole).slice(0, widest.marked);
  if (marked.length < whole.length) return { before, marked, after: " …" };
  const after = rest.slice(whole.length).trimEnd();
  const shown = upToData(after).slice(0, widest.after);
  return { before, marked, after: shown.length < after.length ? `${shown} …` : shown };
}

/** Whether more brackets close than open: then the line began within something of an earlier one. */
function closesMore(lead: string): boolean {
  let open = 0;
  for (const mark of lead) {
    if (mark === "{" || mark === "[") open++;
    else if ((mark === "}" || mark === "]") && --open < 0) return true;
  }
  return false;
}

function upToData(text: string): string {
  const found = dataName.exec(text);
  return found === null ? text : text.slice(0, found.index + found[0].length);
}

/**
 * The name or the value that a text begins with; a flow collection is whole if it ends on the line. `inFlow`: the text
 * is within one.
 */
function tokenAt(text: string, inFlow: boolean): string {
  const [first] = text;
  if (first === '"' || first === "'") {
    const quoted = (first === '"' ? /^"(?:[^"\\]|\\.)*"/ : /^'(?:[^']|'')*'/).exec(text);
    return quoted === null ? text.trimEnd() : quoted[0];
  }
  if (first !== "{" && first !== "[")
    return (inFlow ? /^.*?(?=: |:$| ?[,}\]]|\s#|\s*$)/ : /^.*?(?=: |:$|\s#|\s*$)/).exec(text)![0] || first!;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if ("{[".includes(text[at]!)) depth++;
    else if ("}]".includes(text[at]!) && --depth === 0) return text.slice(0, at + 1);
  }
  return first;
}
