import { expect, test } from "vitest";
import { textOf, totalOf } from "./ranges.ts";

test("a sign whose bytes are in two ranges is one sign", () => {
  const bytes = new TextEncoder().encode("größe");
  const ranges = [bytes.slice(0, 3), bytes.slice(3)].map((part) => ({ bytes: part.buffer, total: bytes.length }));
  expect(textOf(ranges)).toBe("größe");
});

test("a part says how long the whole is", () => {
  expect([totalOf("bytes 0-99/1234"), totalOf(null), totalOf("bytes 0-99/*")]).toEqual([1234, undefined, undefined]);
});
