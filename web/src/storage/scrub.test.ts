import { expect, test } from "vitest";
import type { ScrubLine } from "../api/space.ts";
import { after, nothingYet } from "./scrub.ts";

test("lines of the answer add up to how far it is, what is damaged, and how it ended", () => {
  const lines: ScrubLine[] = [
    { pack: "a", done: 10, total: 30, damages: [] },
    { pack: "b", done: 30, total: 30, damages: [{ offset: 5, chunk: "x", why: "its hash is another", fate: "left" }] },
    { name: "images@1", path: "/a.png", why: "a piece is lost" },
    { end: true, repaired: 0, lost: 1, damaged: 1 },
  ];
  expect(lines.reduce(after, nothingYet)).toEqual({
    done: 30,
    total: 30,
    damages: ["pack b at 5: its hash is another (left)", "images@1:/a.png: a piece is lost"],
    end: { repaired: 0, lost: 1, damaged: 1 },
    failed: undefined,
  });
});
