import { expect, test } from "vitest";
import { csvOf, linesOf, requestOf } from "./curves.ts";
import { readScalarView } from "./view.ts";

const runs = [{ id: "1", name: "one", started: "1970-01-01T00:00:10Z" }];
const curve = { run: "1", key: "a,b", x: [10_000, 12_500], y: [1, null], low: [0, null], high: [2, null] };

test("a zoomed step is asked for by whole steps around it", () => {
  const view = readScalarView(new URLSearchParams("x=10.2..19.5"));
  expect(requestOf("loss", runs, view, 9)).toEqual({ run: ["1"], key: "loss", axis: "", samples: 9, from: 10, to: 20 });
});

test("a zoomed relative time is asked for by the clock, and drawn since the beginning", () => {
  const view = readScalarView(new URLSearchParams("axis=relative&x=0..2.5"));
  expect(requestOf("loss", runs, view, 9)).toMatchObject({ axis: "time", from: 10_000, to: 12_500 });
  expect(linesOf([curve], runs, "relative")[0]).toMatchObject({ label: "one", number: 0, x: [0, 2.5] });
});

test("what is kept as CSV has every point, and its bounds", () => {
  expect(csvOf([curve], "wall").split("\n")).toEqual(["run,key,time_ms,value,low,high", '1,"a,b",10000,1,0,2', '1,"a,b",12500,,,']);
});
