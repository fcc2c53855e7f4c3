import { expect, test } from "vitest";
import { pathIn } from "./upload.ts";

test("a file goes where its folder is, whatever slashes people type", () => {
  expect([pathIn("", "a"), pathIn("/d/", "sub/a"), pathIn("d//e", "a")]).toEqual(["/a", "/d/sub/a", "/d/e/a"]);
});
