import { expect, test } from "vitest";
import { bytes, grouped, short } from "./number.ts";

test("a number is short, and never looks like another size", () => {
  expect([0.123456789, 1234.5678, 1e-7, 12_345_678.9, 42, null].map(short)).toEqual(["0.12346", "1234.6", "1.000e-7", "1.235e+7", "42", "NaN"]);
});

test("sizes and counts are read at a glance", () => {
  expect([0, 1023, 1536, 20 * 1024 ** 2].map(bytes)).toEqual(["0 B", "1023 B", "1.5 KiB", "20 MiB"]);
  expect(grouped(1_234_567)).toBe("1\u202f234\u202f567");
});
