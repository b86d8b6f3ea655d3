import type { Text } from "../base/text.ts";

export const messages = {
  moreRows: (count: number): Text => ({ id: `${count} lagi dalam laporan JSON`, en: `${count} more in the JSON report` }),
};
