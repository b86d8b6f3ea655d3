import type { Text } from "../base/text.ts";

/** The registry cannot serve: it is empty, or it is not what was applied. */
export class RegistryUnusable extends Error {
  override readonly name = "RegistryUnusable";
  readonly detail: Text;

  constructor(id: string, en: string) {
    super(en);
    this.detail = { id, en };
  }
}
