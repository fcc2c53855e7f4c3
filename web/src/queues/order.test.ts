import { expect, test } from "vitest";
import type { QueueEntry } from "../api/shares.ts";
import { moved, moveTo } from "./order.ts";

const entries = ["a", "b", "c", "d"].map((run): QueueEntry => ({ run, added: "", name: run, project: "", user: "", message: "" }));
const names = (list: readonly QueueEntry[]) => list.map((one) => one.run).join("");

test("an entry that is dragged lands where it is let go, up and down", () => {
  expect([names(moved(entries, 3, 0)), names(moved(entries, 0, 2)), names(moved(entries, 1, 1))]).toEqual(["dabc", "bcad", "abcd"]);
});

test("a move is the one that the server knows, and the ends are moves of their own", () => {
  expect([moveTo(3, 0, 4), moveTo(3, 1, 4), moveTo(0, 2, 4), moveTo(0, 3, 4), moveTo(2, 2, 4)]).toEqual([
    { to: "front", count: 1 },
    { to: "forward", count: 2 },
    { to: "backward", count: 2 },
    { to: "back", count: 1 },
    undefined,
  ]);
});
