/** A `.cpuprofile` of V8, as far as it is read here. Times are in microseconds. */
export interface CpuProfile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: Frame; readonly children?: readonly number[] }[];
  readonly startTime: number;
  readonly endTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

export interface Frame {
  readonly functionName: string;
  readonly url: string;
}

/** To whom a frame's time belongs; `undefined` passes it on to the caller. */
export type Attribute = (frame: Frame) => string | undefined;

/**
 * Self time by area between two moments of the profile's clock: a sample belongs to the innermost of its frames that names an area, or to
 * `other`. Idle time is left out.
 */
export function timeByArea(
  { nodes, startTime, samples, timeDeltas }: CpuProfile,
  attribute: Attribute,
  from = startTime,
  to = Infinity,
): ReadonlyMap<string, number> {
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame] as const));
  const areas = new Map<number, string>();
  const areaOf = (id: number): string => {
    const known = areas.get(id);
    if (known !== undefined) return known;
    const parent = parents.get(id);
    const area = attribute(frames.get(id)!) ?? (parent === undefined ? "other" : areaOf(parent));
    areas.set(id, area);
    return area;
  };
  const times = new Map<string, number>();
  let at = startTime;
  samples.forEach((id, i) => {
    at += timeDeltas[i]!;
    const spent = timeDeltas[i + 1] ?? 0;
    if (at < from || at > to || frames.get(id)!.functionName === "(idle)") return;
    const area = areaOf(id);
    times.set(area, (times.get(area) ?? 0) + spent);
  });
  return times;
}
