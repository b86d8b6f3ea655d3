import { formOf } from "../base/forms.ts";

const uuidForm = formOf("uuid");

/** The 16 octets of an exchange id, a UUID in lower case; `undefined` for anything else. */
export function idOctets(id: string): Buffer | undefined {
  if (!uuidForm.test(id)) return undefined;
  return Buffer.from(id.slice(0, 8) + id.slice(9, 13) + id.slice(14, 18) + id.slice(19, 23) + id.slice(24), "hex");
}
