import { expect, test } from "vitest";
import { mostPixels, rowsAt, spotAfter, spotAt, tall } from "./tall.ts";

const window = 700;
const ten = tall(10_000_000, 18, window);

test("a list that browsers can draw is scrolled as it is", () => {
  const height = tall(1000, 18, window);
  expect(height.shown).toBe(18_000);
  const spot = spotAfter({ scrolled: 0, offset: 0 }, 9000, height);
  expect(spot).toEqual({ scrolled: 9000, offset: 0 });
  expect(rowsAt(spot, window, 18, 1000, 10)).toEqual([490, 549]);
  expect(rowsAt(spotAt(1e9, height), window, 18, 1000, 10)).toEqual([951, 1000]);
});

test("of a longer one every row can be shown, where the bar has room for it", () => {
  for (const row of [0, 1, 1_234_567, 5_000_000, 9_999_999]) {
    const spot = spotAt(row * 18, ten);
    const [from, to] = rowsAt(spot, window, 18, 10_000_000, 0);
    expect([from <= row, row < to, spot.scrolled >= 0, spot.scrolled <= mostPixels - window]).toEqual([true, true, true, true]);
  }
});

test("steps of a wheel are as long as they look, and the bar goes to its part of the whole", () => {
  const spot = spotAt(5_000_000 * 18, ten);
  const stepped = spotAfter(spot, spot.scrolled + 100, ten);
  expect(stepped.scrolled + stepped.offset).toBe(spot.scrolled + spot.offset + 100);
  const dragged = spotAfter(spot, (mostPixels - window) / 4, ten);
  expect((dragged.scrolled + dragged.offset) / (ten.real - window)).toBeCloseTo(0.25, 6);
  expect(rowsAt(spotAfter(spot, mostPixels - window, ten), window, 18, 10_000_000, 0)[1]).toBe(10_000_000);
  expect(rowsAt(spotAfter(spot, 0, ten), window, 18, 10_000_000, 0)[0]).toBe(0);
});

test("who comes to an end of the element by steps goes on until the end of the list", () => {
  const near = { scrolled: 50, offset: 3_000_000 };
  const after = spotAfter(near, 0, ten);
  expect(after.scrolled).toBeGreaterThan(0);
  expect(after.scrolled + after.offset).toBe(3_000_000);
  let spot = spotAt(2000, ten);
  for (let step = 0; step < 40; step++) {
    spot = spotAfter(spot, Math.max(0, spot.scrolled - 100), ten);
  }

  expect(spot).toEqual({ scrolled: 0, offset: 0 });
});
