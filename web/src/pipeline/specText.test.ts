import { parse } from "yaml";
import { expect, test } from "vitest";
import { example, readSpec } from "./specText.ts";

test("a spec is read from JSON and from YAML alike", () => {
  expect(readSpec('{"pipeline": {"name": "a"}}', parse)).toEqual(readSpec("pipeline: {name: a}", parse));
  expect(readSpec(example, parse)).toMatchObject({ pipeline: { name: "edges" }, input: { pfs: { glob: "/*" } } });
});

test.each(["", "- a", "text", "{", "a: b: c"])("what is no object is refused in words: %j", (text) => {
  expect(() => readSpec(text, parse)).toThrow(/./);
});
