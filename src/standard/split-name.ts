/** The words of a name in lower case, joined by one blank: `nomorKk`, `nomor_kk`, `Nomor-KK` → `nomor kk`. */
export function wordsOf(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z])(?=[A-Z][a-z])/g, "$1 ")
    .replaceAll(/[^A-Za-z0-9]+/g, " ")
    .trim()
    .toLowerCase();
}
