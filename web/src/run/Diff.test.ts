import { expect, test } from "vitest";
import { files } from "./Diff.tsx";

test("a patch is shown file by file, without the lines that only name it", () => {
  const patch = "diff --git a/x.py b/x.py\nindex 1..2 100644\n--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-a\n+b\ndiff --git a/y b/y\n+c";
  expect(files(patch)).toEqual([
    { name: "x.py", lines: ["@@ -1 +1 @@", "-a", "+b"] },
    { name: "y", lines: ["+c"] },
  ]);
});

test("a patch that names no file is shown as it is", () => {
  expect(files("+a")).toEqual([{ name: "patch", lines: ["+a"] }]);
});
