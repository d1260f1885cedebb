/** Figures in the text format of Prometheus (exposition format 0.0.4): counters, gauges and histograms, nothing more. */

export type Labels = Readonly<Record<string, string>>;

export interface Counter {
  inc(labels: Labels, by?: number): void;
}

export interface Histogram {
  observe(labels: Labels, value: number): void;
}

/** The figures of a process; `text` is what a scrape is answered. */
export class Registry {
  readonly contentType = 'text/plain; version=0.0.4; charset=utf-8';
  readonly #families: (() => readonly string[])[] = [];

  text(): string {
    return `${this.#families.flatMap((lines) => lines()).join('\n')}\n`;
  }

  counter(name: string, help: string): Counter {
    const values = new Map<string, number>();
    this.#add(name, help, 'counter', () => [...values].map(([labels, value]) => `${name}${labels} ${value}`));
    return {
      inc(labels, by = 1) {
        const key = labelText(labels);
        values.set(key, (values.get(key) ?? 0) + by);
      },
    };
  }

  /** Read when it is asked for; undefined leaves it out. */
  gauge(name: string, help: string, read: () => number | undefined): void {
    this.#add(name, help, 'gauge', () => {
      const value = read();
      return value === undefined ? [] : [`${name} ${value}`];
    });
  }

  /** `buckets` are upper bounds, ascending. */
  histogram(name: string, help: string, buckets: readonly number[]): Histogram {
    const series = new Map<
      string,
      { readonly labels: Labels; readonly counts: number[]; sum: number; count: number }
    >();
    this.#add(name, help, 'histogram', () =>
      [...series.values()].flatMap(({ labels, counts, sum, count }) => [
        ...buckets.map((bound, at) => `${name}_bucket${labelText({ ...labels, le: String(bound) })} ${counts[at]}`),
        `${name}_bucket${labelText({ ...labels, le: '+Inf' })} ${count}`,
        `${name}_sum${labelText(labels)} ${sum}`,
        `${name}_count${labelText(labels)} ${count}`,
      ]),
    );
    return {
      observe(labels, value) {
        const key = labelText(labels);
        const one = series.get(key) ?? { labels, counts: buckets.map(() => 0), sum: 0, count: 0 };
        series.set(key, one);
        one.sum += value;
        one.count += 1;
        for (const [at, bound] of buckets.entries()) if (value <= bound) one.counts[at] = (one.counts[at] ?? 0) + 1;
      },
    };
  }

  #add(name: string, help: string, type: string, lines: () => readonly string[]): void {
    this.#families.push(() => [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines()]);
  }
}

function labelText(labels: Labels): string {
  const escaped = (value: string): string => value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
