import { expect, test } from "vitest";
import { partsOf } from "./Highlight.tsx";

const kinds = (text: string, language: "json" | "yaml") => partsOf(text, language).flatMap((part) => (part.kind ? [`${part.kind} ${part.text}`] : []));

test("keys, texts and other values are told apart, and nothing of the text is lost", () => {
  const json = '{\n  "a": "b: \\"c\\"",\n  "n": [1, -2.5e3, true]\n}';
  expect(kinds(json, "json")).toEqual(['key "a"', 'text "b: \\"c\\""', 'key "n"', "value 1", "value 2.5e3", "value true"]);
  expect(partsOf(json, "json").map((part) => part.text).join("")).toBe(json);
  const yaml = "# note\npipeline:\n  name: edges\n  - glob: \"/*\"\ntries: 3\n";
  expect(kinds(yaml, "yaml")).toEqual(["comment # note", "key pipeline", "key name", "key glob", 'text "/*"', "key tries", "value 3"]);
  expect(partsOf(yaml, "yaml").map((part) => part.text).join("")).toBe(yaml);
});
