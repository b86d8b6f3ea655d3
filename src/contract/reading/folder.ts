/**
 * The files beside a contract, to which its references may lead. A path is relative to the contract, with `/`, and never leads out of the
 * folder.
 */
export interface ContractFolder {
  /** The text of a file; `undefined` if there is none that may be read. */
  read(path: string): string | undefined;
}

/** A contract that stands alone. */
export const noFolder: ContractFolder = { read: () => undefined };

export const folderLimits = {
  /** Files beside one contract that its references may bring in. */
  files: 64,
  /** Bytes of all of them together. */
  bytes: 4_194_304,
} as const;
