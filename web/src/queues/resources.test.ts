import { expect, test } from "vitest";
import type { Share } from "../api/shares.ts";
import { borrowed, fieldText, readTerm, shown, shownTerm, treeOf } from "./resources.ts";

function share(name: string, more: Partial<Share> = {}): Share {
  const terms = { quota: 2, limit: -1, weight: 1 };
  const nothing = { gpus: 0, cpu_millicores: 0, memory_bytes: 0 };
  return {
    name,
    is_department: false,
    terms: { gpu: terms, cpu: terms, memory: terms, priority: 100 },
    held: nothing,
    wanted: nothing,
    running: 0,
    waiting: 0,
    ...more,
  };
}

test("projects stand below their department, all by name", () => {
  const tree = treeOf([share("team", { parent: "lab" }), share("default"), share("art", { parent: "lab" }), share("lab")]);
  expect(tree.map((one) => `${one.depth} ${one.share.name}`)).toEqual(["0 default", "0 lab", "1 art", "1 team"]);
});

test("what is held above the quota is borrowed; who may have any amount borrows nothing", () => {
  const held = { gpus: 3.5, cpu_millicores: 0, memory_bytes: 0 };
  expect(borrowed(share("a", { held }), "gpu")).toBe(1.5);
  const any = { quota: -1, limit: -1, weight: 1 };
  expect(borrowed(share("a", { held, terms: { gpu: any, cpu: any, memory: any, priority: 1 } }), "gpu")).toBe(0);
});

test("amounts are shown in their units", () => {
  expect([shown(2.5, "gpu"), shown(1500, "cpu"), shown(3 * 1024 ** 3, "memory"), shownTerm(-1, "gpu")]).toEqual(["2.5", "1.5", "3.0 GiB", "any"]);
});

test("what a field shows is read as what it was", () => {
  expect([readTerm(fieldText(-1, "gpu"), "gpu"), readTerm(fieldText(1500, "cpu"), "cpu"), readTerm(fieldText(64 * 1024 ** 3, "memory"), "memory")]).toEqual([
    -1,
    1500,
    64 * 1024 ** 3,
  ]);
  expect([readTerm("64G", "memory"), readTerm("2 GiB", "memory"), readTerm("x", "gpu"), readTerm("2G", "gpu")]).toEqual([
    64 * 1024 ** 3,
    2 * 1024 ** 3,
    undefined,
    undefined,
  ]);
});
