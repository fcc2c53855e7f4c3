import { expect, test } from "vitest";
import { ago, duration, took } from "./time.ts";

test("a length of time is said in two units at most", () => {
  expect([4.25, 59, 185, 3600, 7800, 273_600].map(duration)).toEqual(["4.3 s", "59 s", "3 min 5 s", "1 h", "2 h 10 min", "3 d 4 h"]);
});

test("what has not ended is measured until now, what has not begun not at all", () => {
  expect(took("2026-01-01T00:00:00Z", null, Date.parse("2026-01-01T00:01:00Z"))).toBe("1 min");
  expect(took(null, null)).toBe("");
});

test("how long ago is said in one unit, or by its day", () => {
  const now = Date.parse("2026-01-02T01:00:00Z");
  expect(ago("2026-01-02T00:59:30Z", now)).toBe("just now");
  expect(ago("2026-01-01T00:00:00Z", now)).toBe("1 d ago");
  expect(ago("2025-06-01T12:00:00Z", now)).toBe("2025-06-01");
});
