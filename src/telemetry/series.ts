export type Labels = Readonly<Record<string, string>>;

/** One line of a metric as prom-client renders it. */
export interface Sample {
  readonly labels: Labels;
  readonly value: number;
  /** Where it is not the metric's own, as a histogram's `…_bucket`. */
  readonly metricName?: string;
}

/**
 * The rows of one metric, one for each set of label values, found by one look-up in a map. Beyond `limit` rows every label value that is not `kept`
 * becomes `other`: the sums stay right and the memory bounded, whatever the registry grows to.
 */
export class Series<T> {
  readonly #rows = new Map<string, { readonly labels: Labels; readonly figures: T }>();
  readonly #limit: number;
  readonly #kept: readonly string[];
  readonly #make: (labels: Labels) => T;

  constructor(limit: number, kept: readonly string[], make: (labels: Labels) => T) {
    this.#limit = limit;
    this.#kept = kept;
    this.#make = make;
  }

  /** `key` stands for the label values; `labels` is only asked for when the row is new. */
  at(key: string, labels: () => Labels): T {
    return (this.#rows.get(key) ?? this.#add(key, labels())).figures;
  }

  #add(key: string, labels: Labels): { readonly labels: Labels; readonly figures: T } {
    const spilt = this.#rows.size >= this.#limit;
    const shown = spilt ? Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, this.#kept.includes(name) ? value : "other"])) : labels;
    const place = spilt ? `other\n${this.#kept.map((name) => labels[name]).join("\n")}` : key;
    const row = this.#rows.get(place) ?? { labels: shown, figures: this.#make(shown) };
    this.#rows.set(place, row);
    return row;
  }

  *samples(read: (figures: T) => Iterable<Sample>): Iterable<Sample> {
    for (const { labels, figures } of this.#rows.values()) {
      for (const sample of read(figures)) yield { ...sample, labels: { ...labels, ...sample.labels } };
    }
  }
}
