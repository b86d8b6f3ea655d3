/** Where a node stands: the steps from the document's root. */
export type Steps = readonly string[];
