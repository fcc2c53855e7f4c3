import type { Sample, Shot } from "../api/plots.ts";

/** The samples of one metric: a picture of it for each variant, over the iterations at which there are some. */
export interface SampleGroup {
  metric: string;
  samples: Sample[];
  /** In rising order. */
  iterations: number[];
}

export function groupsOf(samples: Sample[], isWanted: (name: string) => boolean): SampleGroup[] {
  const groups = new Map<string, Sample[]>();
  for (const sample of samples.filter((one) => isWanted(`${one.metric}/${one.variant}`))) {
    groups.set(sample.metric, [...(groups.get(sample.metric) ?? []), sample]);
  }

  return [...groups].map(([metric, list]) => ({
    metric,
    samples: list,
    iterations: [...new Set(list.flatMap((one) => one.shots.map((shot) => shot.iteration)))].toSorted((a, b) => a - b),
  }));
}

/** What a sample was at an iteration: the newest that is not beyond it. */
export function shotAt(sample: Sample, iteration: number): Shot | undefined {
  return sample.shots.find((shot) => shot.iteration <= iteration);
}

/** The name of the file that an address ends with: it says what kind of file it is. */
export function fileName(uri: string): string {
  const path = uri.replace(/[?#].*$/, "");
  return path.slice(path.lastIndexOf("/") + 1);
}
