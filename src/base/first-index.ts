/**
 * Binary search: the least index in [0, length) for which `holds` is true, or `length`. `holds` must stay true from
 * that index on.
 */
export function firstIndex(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
