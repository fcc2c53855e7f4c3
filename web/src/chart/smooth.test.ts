import { expect, test } from "vitest";
import { smooth } from "./smooth.ts";

test("what is constant stays so from the first point on", () => {
  expect(smooth([5, 5, 5], 0.9).map((value) => value?.toFixed(6))).toEqual(["5.000000", "5.000000", "5.000000"]);
});

test("no weight changes nothing, and gaps stay gaps", () => {
  expect(smooth([1, null, 3], 0)).toEqual([1, null, 3]);
});

test("a jump is followed slowly", () => {
  expect(smooth([0, 10], 0.5)[1]).toBeCloseTo(6.667, 3);
});
