import { expect, test } from "vitest";
import type { Share } from "../api/shares.ts";
import { usesOf } from "./history.ts";

const parts = (gpus: number) => ({ gpus, cpu_millicores: gpus * 4000, memory_bytes: 0 });
const terms = { quota: 4, limit: -1, weight: 1 };
const vision = { name: "vision", terms: { gpu: terms, cpu: terms, memory: terms, priority: 0 } } as Share;
const use = {
  since: "1970-01-01T00:01:00Z",
  step_seconds: 60,
  shares: [
    { name: "idle", means: [parts(0), parts(0)] },
    { name: "speech", means: [parts(1), parts(1)] },
    { name: "vision", means: [parts(0), parts(3)] },
  ],
};

test("projects that had most come first, with what they may count on, in the middle of each step", () => {
  const [first, second, ...rest] = usesOf(use, [vision], "gpu");
  expect(first).toEqual({
    name: "vision",
    most: 3,
    lines: [
      { label: "used", number: 0, x: [90, 150], y: [0, 3] },
      { label: "guaranteed now", number: 1, x: [90, 150], y: [4, 4] },
    ],
  });
  expect(second?.lines.map((line) => line.label)).toEqual(["used"]);
  expect(rest).toEqual([]);
});

test("processors are whole ones, and who had nothing of a resource is left out", () => {
  expect(usesOf(use, [], "cpu").map((one) => [one.name, one.most])).toEqual([["vision", 12], ["speech", 4]]);
  expect(usesOf(use, [], "memory")).toEqual([]);
});
