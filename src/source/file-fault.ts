import { Fault } from "../base/fault.ts";

/** A file of the client's is not what it was taken for. */
export class FileFault extends Fault {
  override readonly name = "FileFault";
}
