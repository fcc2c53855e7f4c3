import { expect, test } from "vitest";
import { groups, isOfMachine, matcher, readScalarView, writeScalarView, type ScalarView } from "./view.ts";

test("an address says all of a view, and keeps what else it says", () => {
  const view: ScalarView = { filter: "/loss$/", axis: "relative", isLog: true, smoothing: 0.6, zoom: [10.5, 200] };
  const written = writeScalarView(new URLSearchParams("run=1&run=2"), view);
  expect(readScalarView(new URLSearchParams(written.toString()))).toEqual(view);
  expect(written.getAll("run")).toEqual(["1", "2"]);
});

test("where the usual axis is another, steps are said", () => {
  const view: ScalarView = { ...readScalarView(new URLSearchParams(), "relative"), axis: "step" };
  expect(readScalarView(new URLSearchParams(), "relative").axis).toBe("relative");
  expect(readScalarView(writeScalarView(new URLSearchParams(), view, "relative"), "relative").axis).toBe("step");
});

test("what machines do is told from what was learnt", () => {
  expect([":monitor:gpu/gpu_0_utilization", "system/cpu_utilization_percentage", "system", "val/system/loss"].filter(isOfMachine)).toEqual([":monitor:gpu/gpu_0_utilization", "system/cpu_utilization_percentage"]);
});

test("keys are found by their parts in any order, or by a regular expression between slashes", () => {
  const find = (filter: string) => ["train/loss", "val/loss", "lr"].filter(matcher(filter));
  expect(find("LOSS tr")).toEqual(["train/loss"]);
  expect(find("/^(lr|val)/")).toEqual(["val/loss", "lr"]);
  expect(find("/(/")).toEqual([]);
});

test("keys are grouped by their first part, where others share it", () => {
  expect(groups(["a/x", "lr", "b/y", "a/z"])).toEqual([
    { name: "", keys: ["lr", "b/y"] },
    { name: "a", keys: ["a/x", "a/z"] },
  ]);
});

test("ten thousand keys are grouped in no time", () => {
  const keys = Array.from({ length: 10_000 }, (_, at) => `layer-${at % 100}/weight-${at}`);
  const start = performance.now();
  expect(groups(keys)).toHaveLength(100);
  expect(performance.now() - start).toBeLessThan(500);
});
