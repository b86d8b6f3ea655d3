/** Where a node stands: the steps from the document's root. */
export type PointerTokens = readonly string[];
