import { expect, test } from "vitest";
import { axisOf, differs, placeOf, valueAt } from "./axes.ts";
import { coloursOf } from "./colours.ts";
import { inOrder, nearestLine, seenRange, shownOf, type Drawn } from "./lines.ts";
import { exploreAddress, readExplore, writeExplore, type ExploreView } from "./view.ts";

const view: ExploreView = {
  project: "vision/digits",
  filter: "metrics.`val loss` < 0.5 AND params.x = 'a&b'",
  search: "sweep",
  isArchive: true,
  runs: ["0123456789abcdef0123456789abcdef"],
  axes: ["params.lr", "metrics.val loss"],
  colour: "metrics.val loss",
  logs: ["params.lr"],
  brushes: { "params.lr": { from: "0.001", to: "0.01" }, "params.from.x": { from: "a..b", to: "=&" } },
  isScatter: true,
  isLowFirst: true,
  x: "params.lr",
  y: "metrics.val loss",
};

test("an address says all of a view", () => {
  expect(readExplore(new URLSearchParams(writeExplore(view).toString()))).toEqual(view);
});

test("the table hands over what is selected or what it is narrowed to, and its columns that can be axes", () => {
  const address = exploreAddress(view, view.runs, ["name", "params.lr", "metrics.loss", "took"]);
  const handed = readExplore(new URLSearchParams(address.slice("/explore?".length)));
  expect(handed).toMatchObject({ filter: view.filter, runs: view.runs, axes: ["params.lr", "metrics.loss"], brushes: {} });
  expect(exploreAddress({ project: "", filter: "", search: "", isArchive: false }, [], ["name", "params.lr"])).toBe("/explore?");
});

test("an axis of numbers places them between its ends, texts that are numbers too", () => {
  const axis = axisOf("params.lr", ["1", "3", undefined, "2"], false);
  expect(axis).toMatchObject({ title: "lr", kind: "param", domain: [1, 3], places: [0, 1, undefined, 0.5], mayBeLog: true });
  expect([placeOf(axis, "2.5"), placeOf(axis, "no"), valueAt(axis, 0.25)]).toEqual([0.75, undefined, "1.5"]);
});

test("a logarithmic axis has no place for what is not positive", () => {
  const axis = axisOf("metrics.loss", [0.01, 1, 100, 0, -1], true);
  expect(axis.domain).toEqual([0.01, 100]);
  expect(axis.places.map((place) => place && Number(place.toFixed(6)))).toEqual([0, 0.5, 1, undefined, undefined]);
  expect(valueAt(axis, 0.5)).toBe("1");
  expect(axisOf("metrics.loss", [-1, 0], true).isLog).toBe(false);
});

test("one value that is no number makes an axis of words, in the order that people count in", () => {
  const axis = axisOf("params.net", ["net-10", "net-9", "", null, "net-9"], false);
  expect(axis).toMatchObject({ domain: undefined, words: ["net-9", "net-10"], places: [1, 0, undefined, undefined, 0] });
  expect([placeOf(axis, "net-10"), placeOf(axis, "net-1"), valueAt(axis, 0.7)]).toEqual([1, undefined, "net-10"]);
});

test("NaN has no place, and does not make words of numbers", () => {
  expect(axisOf("metrics.loss", [null, 1, 2], false).places).toEqual([undefined, 0, 1]);
});

test("an axis on which all are the same says nothing", () => {
  expect([differs(axisOf("a", [1, 1, undefined], false)), differs(axisOf("a", [1, 2], false))]).toEqual([false, true]);
});

const axes = [axisOf("a", [0, 1, 2, 2], false), axisOf("b", ["x", "y", "y", undefined], false)];

test("brushes on several axes show the runs that lie in all of them; without a value a run lies in none", () => {
  expect(shownOf(axes, {}, 4)).toEqual([0, 1, 2, 3]);
  expect(shownOf(axes, { a: { from: "1", to: "2" } }, 4)).toEqual([1, 2, 3]);
  expect(shownOf(axes, { a: { from: "2", to: "1" }, b: { from: "y", to: "y" } }, 4)).toEqual([1, 2]);
  expect(shownOf(axes, { a: { from: "gone", to: "1" } }, 4)).toEqual([0, 1, 2, 3]);
});

test("a brush that goes beyond an axis is seen up to its end, and shows no run that lies outside of it", () => {
  expect(seenRange(axisOf("a", [0, 2], false), { from: "1", to: "9" })).toEqual([0.5, 1]);
  expect(shownOf(axes, { a: { from: "3", to: "9" } }, 4)).toEqual([]);
});

test("the line under the pointer is found between two axes, and none is where nothing is near", () => {
  const drawn: Drawn = { xs: [0, 100], top: 0, bottom: 100, none: 120 };
  expect(nearestLine(axes, [0, 1, 2, 3], drawn, { x: 50, y: 98 })).toBe(0);
  expect(nearestLine(axes, [0, 1, 2, 3], drawn, { x: 50, y: 26 })).toBe(1);
  expect(nearestLine(axes, [1], drawn, { x: 50, y: 90 })).toBeUndefined();
  expect(nearestLine(axes, [0, 1, 2, 3], drawn, { x: 90, y: 108 })).toBe(3);
});

test("two thousand lines on eight axes are searched within a frame", () => {
  const many = Array.from({ length: 8 }, (_, at) => axisOf(`a${at}`, Array.from({ length: 2000 }, (__, run) => (run * (at + 3)) % 97), false));
  const all = Array.from({ length: 2000 }, (_, at) => at);
  const start = performance.now();
  nearestLine(many, all, { xs: [0, 1, 2, 3, 4, 5, 6, 7].map((one) => one * 100), top: 0, bottom: 400, none: 420 }, { x: 350, y: 200 });
  expect(performance.now() - start).toBeLessThan(50);
});

test("the list is in the order of the colours, and what has no value comes last either way", () => {
  const axis = axisOf("m", [0.5, undefined, 0.1, 0.9], false);
  expect([inOrder([0, 1, 2, 3], axis, false), inOrder([0, 1, 2, 3], axis, true)]).toEqual([
    [3, 0, 2, 1],
    [2, 0, 3, 1],
  ]);
});

test("colours go from the low end to the high end, words have one each, and no value has none", () => {
  const colours = coloursOf(axisOf("m", [0, 1, undefined], false), 3, false);
  expect(colours[0]).not.toBe(colours[1]);
  expect(coloursOf(axisOf("m", ["a", "b", "a"], false), 3, false)).toEqual([expect.any(String), expect.any(String), coloursOf(axisOf("m", ["a", "b", "a"], false), 3, false)[0]]);
  expect(new Set(coloursOf(undefined, 2, true)).size).toBe(1);
});
