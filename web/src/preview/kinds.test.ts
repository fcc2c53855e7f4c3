import { expect, test } from "vitest";
import { kindOf, rowsOf } from "./kinds.ts";

test("a table in text is read, quotes and line ends of any kind included", () => {
  expect(rowsOf('a,b\r\n"x, ""y""",2\n,', ",")).toEqual([
    ["a", "b"],
    ['x, "y"', "2"],
    [""],
  ]);
});

test("files are shown by their names, and what is unknown as text", () => {
  expect(["a.PNG", "b.html", "c.csv", "d.parquet", "e.ipynb", "f.md", "g.pdf", "model.pkl", "MLmodel"].map(kindOf)).toEqual([
    "image",
    "page",
    "table",
    "parquet",
    "notebook",
    "markdown",
    "pdf",
    "bytes",
    "text",
  ]);
});
