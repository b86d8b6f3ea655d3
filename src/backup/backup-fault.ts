import { Fault } from "../base/fault.ts";

/** Why there is no backup, or why a folder is none that can be used. */
export class BackupFault extends Fault {
  override readonly name = "BackupFault";
}
