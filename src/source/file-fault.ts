import { Fault } from "../base/fault.ts";

/** A file on the client's machine is not of the kind that was expected. */
export class FileFault extends Fault {
  override readonly name = "FileFault";
}
