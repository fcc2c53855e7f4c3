import type { Share, UseOverTime } from "../api/shares.ts";
import type { Line } from "../chart/plot.ts";
import { amountOf, termsOf, type Resource } from "./resources.ts";

/** What one project had, and what it may count on, to be drawn. */
export interface ProjectUse {
  name: string;
  most: number;
  lines: Line[];
}

const perUnit: Record<Resource, number> = { gpu: 1, cpu: 1000, memory: 1024 ** 3 };

/** In devices, processors, GiB; those that had most come first, and those that had nothing are left out. */
export function usesOf(use: UseOverTime, shares: readonly Share[], of: Resource): ProjectUse[] {
  const begin = Date.parse(use.since) / 1000;
  const middle = (at: number) => begin + (at + 0.5) * use.step_seconds;
  return use.shares
    .map(({ name, means }): ProjectUse => {
      const x = means.map((_, at) => middle(at));
      const y = means.map((mean) => amountOf(mean, of) / perUnit[of]);
      const share = shares.find((one) => one.name === name);
      const quota = share ? termsOf(share.terms, of).quota / perUnit[of] : 0;
      const guaranteed: Line[] = quota > 0 ? [{ label: "guaranteed now", number: 1, x, y: x.map(() => quota) }] : [];
      return { name, most: Math.max(...y), lines: [{ label: "used", number: 0, x, y }, ...guaranteed] };
    })
    .filter((project) => project.most > 0)
    .toSorted((one, other) => other.most - one.most || one.name.localeCompare(other.name));
}
