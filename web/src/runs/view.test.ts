import { expect, test } from "vitest";
import { columnKind, columnTitle, isSortable, nextSort, readView, usualColumns, writeView, type RunView } from "./view.ts";

const view: RunView = {
  project: "vision/digits",
  filter: "metrics.`val loss` < 0.5 AND params.x = 'a&b'",
  search: "sweep",
  sort: "-max.accuracy",
  columns: ["name", "metrics.loss", "params.Args/lr", "at.500.loss"],
  isArchive: true,
};

test("an address says all of a view", () => {
  expect(readView(new URLSearchParams(writeView(view).toString()), () => undefined)).toEqual(view);
});

test("an address that names no columns shows those that were chosen last", () => {
  expect(readView(new URLSearchParams("project=a"), (project) => [project]).columns).toEqual(["a"]);
  expect(readView(new URLSearchParams(), () => undefined).columns).toEqual(usualColumns);
});

test("a column sorts up, down, and not at all", () => {
  expect(["-created", "name", "-name"].map((sort) => nextSort(sort, "name"))).toEqual(["name", "-name", "-created"]);
});

test("a column says what it is of", () => {
  expect([columnTitle("max.a.b"), columnKind("max.a.b"), columnTitle("took"), columnKind("took")]).toEqual(["a.b", "max", "Took", ""]);
  expect([columnTitle("at.50.a.b"), columnKind("at.50.a.b"), isSortable("at.50.a.b")]).toEqual(["a.b", "at 50", false]);
});
