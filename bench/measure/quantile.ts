/** The value below which a share of an ascending list lies (nearest rank); NaN of an empty one. */
export function quantile(ascending: readonly number[], share: number): number {
  return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? NaN;
}

export function median(values: readonly number[]): number {
  const ascending = [...values].sort((a, b) => a - b);
  const middle = ascending.length / 2;
  return Number.isInteger(middle) ? ((ascending[middle - 1] ?? NaN) + (ascending[middle] ?? NaN)) / 2 : ascending[Math.floor(middle)]!;
}
