import { expect, test } from "vitest";
import { linearTicks, logTicks } from "./ticks.ts";

test("ticks are round, between the ends", () => {
  expect(linearTicks([0.13, 0.98])).toEqual([0.2, 0.4, 0.6, 0.8]);
  expect(linearTicks([5, 5])).toEqual([5]);
  expect(logTicks([0.001, 0.01])).toEqual([0.001, 0.002, 0.005, 0.01]);
  expect(logTicks([3, 4])).toEqual([3, 4]);
  expect(logTicks([1e-8, 1e8]).length).toBeLessThan(10);
});
