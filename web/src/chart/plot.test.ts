import { expect, test } from "vitest";
import { dataOf, nearest, readingsAt, type Line } from "./plot.ts";

const line: Line = { label: "loss", number: 0, x: [0, 10, 20], y: [3, -1, 1.5], low: [3, -2, 1], high: [3, 0, 2] };
const look = { axis: "step", isLog: false, smoothing: 0, isDark: false } as const;

test("lines with other steps share one axis, with gaps", () => {
  const other: Line = { label: "b", number: 1, x: [10, 15], y: [7, 8] };
  const [x, a, , , , b] = dataOf([line, other], look);
  expect(x).toEqual([0, 10, 15, 20]);
  expect(a).toEqual([3, -1, undefined, 1.5]);
  expect(b).toEqual([undefined, 7, 8, undefined]);
});

test("a logarithmic axis has no place for what is not positive", () => {
  expect(dataOf([line], { ...look, isLog: true })[1]).toEqual([3, null, 1.5]);
});

test("under the cursor is the nearest point, exact where it is one value and bounded where it is several", () => {
  expect([-5, 4, 6, 99].map((x) => nearest(line.x, x))).toEqual([0, 0, 1, 2]);
  expect(readingsAt([line], 1)[0]?.text).toBe("3");
  expect(readingsAt([line], 19)[0]?.text).toBe("1.50000  (1 … 2)");
});
