import { expect, test } from "vitest";
import { query } from "./ask.ts";

test("a query string holds what is not empty, and lists one by one", () => {
  expect(query({ q: "a&b", limit: 5, none: undefined, empty: "", run: ["1", "2"] })).toBe("?q=a%26b&limit=5&run=1&run=2");
  expect(query({})).toBe("");
});
