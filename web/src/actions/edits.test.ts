import { expect, test } from "vitest";
import { linesOf, tagsChange } from "./edits.ts";

const tags = [
  { key: "stage", value: "a" },
  { key: "text", value: "one\ntwo \\ three" },
];

test("tags that are not edited do not change", () => {
  expect(tagsChange(tags, linesOf(tags))).toEqual({ setTags: {}, removeTags: [] });
});

test("a line that is changed, made or gone changes its tag alone", () => {
  expect(tagsChange(tags, "stage = b\nurl = http://x/?a=1\nbare\n\n")).toEqual({
    setTags: { stage: "b", url: "http://x/?a=1", bare: "" },
    removeTags: ["text"],
  });
});
