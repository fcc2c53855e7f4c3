import { expect, test } from "vitest";
import { usesBy } from "./uses.ts";

const use = {
  chunks: 1,
  repos: [
    { project: "default", repo: "default/images", bytes: 500 },
    { project: "default", repo: "default/labels", bytes: 100 },
  ],
  runs: [
    { project: "vision", user: "ann", files: 2, bytes: 300 },
    { project: "vision", user: "bob", files: 1, bytes: 50 },
    { project: "", user: "", files: 1, bytes: 5 },
  ],
};

test("bytes are summed by repo, by project and by user, the greatest first", () => {
  expect(usesBy(use, "repo").map((one) => `${one.name} ${one.bytes}`)).toEqual(["default/images 500", "default/labels 100"]);
  expect(usesBy(use, "project")).toEqual([
    { name: "default (repos)", bytes: 600, hint: "" },
    { name: "vision", bytes: 350, hint: "3 files of runs" },
    { name: "no project", bytes: 5, hint: "1 file of runs" },
  ]);
  expect(usesBy(use, "user").map((one) => one.name)).toEqual(["ann", "bob", "nobody"]);
});
