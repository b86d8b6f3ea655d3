/** The way to a node from the document's root: the reference tokens of its JSON Pointer (RFC 6901), unescaped. */
export type PointerTokens = readonly string[];
