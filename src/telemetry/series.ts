export type MetricLabels = Readonly<Record<string, string>>;

/** One line of a metric as prom-client renders it. */
export interface MetricSample {
  readonly labels: MetricLabels;
  readonly value: number;
  /** Set where it differs from the metric's own name, as in a histogram's `…_bucket`. */
  readonly metricName?: string;
}

/**
 * The rows of one metric, one for each set of label values, each found by one look-up in a map. Beyond `limit` rows,
 * every label value that is not `kept` becomes `other`: sums stay right and memory stays bounded, however large the
 * registry grows.
 */
export class Series<T> {
  readonly #rows = new Map<string, { readonly labels: MetricLabels; readonly figures: T }>();
  readonly #limit: number;
  readonly #kept: readonly string[];
  readonly #make: (labels: MetricLabels) => T;

  constructor(limit: number, kept: readonly string[], make: (labels: MetricLabels) => T) {
    this.#limit = limit;
    this.#kept = kept;
    this.#make = make;
  }

  /** The row of these label values. `key` identifies them; `labels` is only called for a new row. */
  at(key: string, labels: () => MetricLabels): T {
    return (this.#rows.get(key) ?? this.#add(key, labels())).figures;
  }

  #add(key: string, labels: MetricLabels): { readonly labels: MetricLabels; readonly figures: T } {
    const spilt = this.#rows.size >= this.#limit;
    const shown = spilt
      ? Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, this.#kept.includes(name) ? value : "other"]))
      : labels;
    const place = spilt ? `other\n${this.#kept.map((name) => labels[name]).join("\n")}` : key;
    const row = this.#rows.get(place) ?? { labels: shown, figures: this.#make(shown) };
    this.#rows.set(place, row);
    return row;
  }

  *samples(read: (figures: T) => Iterable<MetricSample>): Iterable<MetricSample> {
    for (const { labels, figures } of this.#rows.values()) {
      for (const sample of read(figures)) yield { ...sample, labels: { ...labels, ...sample.labels } };
    }
  }
}
