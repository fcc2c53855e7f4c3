import { expect, test } from "vitest";
import { fileName, groupsOf, shotAt } from "./samples.ts";

const sample = (metric: string, variant: string, ...iterations: number[]) => ({
  metric,
  variant,
  shots: iterations.map((iteration) => ({ iteration, time: 0, uri: `http://h/${variant}_${iteration}.png` })),
});

test("samples are grouped by metric, over all iterations of their variants", () => {
  const groups = groupsOf([sample("m", "a", 9, 3), sample("m", "b", 4), sample("n", "c", 1)], () => true);
  expect(groups.map((group) => [group.metric, group.iterations])).toEqual([["m", [3, 4, 9]], ["n", [1]]]);
});

test("at an iteration one sees the newest sample that is not beyond it", () => {
  const one = sample("m", "a", 9, 3);
  expect([2, 3, 8, 100].map((iteration) => shotAt(one, iteration)?.iteration)).toEqual([undefined, 3, 3, 9]);
});

test("an address names a file whatever follows its path", () => {
  expect(["http://h/a/b.png?x=/y.html#z", "s3://bucket/a.wav", ""].map(fileName)).toEqual(["b.png", "a.wav", ""]);
});
