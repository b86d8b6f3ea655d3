import { Fault } from "../base/fault.ts";

/** The registry cannot serve: it is empty, or it is not what was applied. */
export class RegistryUnusable extends Fault {
  override readonly name = "RegistryUnusable";
}
