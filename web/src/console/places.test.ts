import { expect, test } from "vitest";
import { allPlaces, somePlaces } from "./places.ts";

test("the lines of one worker are shown one after the other, wherever they are", () => {
  const some = somePlaces([2, 2, 7, 1, 10, 3]);
  expect(some.count).toBe(6);
  expect([0, 1, 2, 3, 5].map(some.at)).toEqual([2, 3, 7, 10, 12]);
  expect([0, 2, 3, 5, 7, 12].map(some.indexOf)).toEqual([0, 0, 1, 2, 2, 5]);
});

test("all lines are where they are", () => {
  expect([allPlaces(5).at(3), allPlaces(5).indexOf(3), somePlaces([]).count]).toEqual([3, 3, 0]);
});
