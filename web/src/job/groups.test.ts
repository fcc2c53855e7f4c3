import { expect, test } from "vitest";
import { grouped, rowsOf } from "./groups.ts";

const datum = (id: string, state: string, reason: string) => ({ id, state, reason, paths: [], seconds: 0 });
const some = [datum("1", "success", "new"), datum("2", "skipped", "as before"), datum("3", "failed", "exit 1"), datum("4", "success", "changed"), datum("5", "success", "changed")];

test("datums are grouped by verdict and reason, what failed first, then what most are of", () => {
  expect(grouped(some).map((group) => `${group.state} ${group.reason} ${group.datums.length}`)).toEqual([
    "failed exit 1 1",
    "success changed 2",
    "success new 1",
    "skipped as before 1",
  ]);
});

test("each group has a head and as many lines as its datums need", () => {
  const many = Array.from({ length: 5 }, (_, at) => datum(String(at), "success", "new"));
  const rows = rowsOf(grouped([...many, ...some.slice(1, 3)]), 2);
  expect(rows.map((row) => (row.kind === "head" ? row.group.state : `${row.first}+${row.datums.length}`))).toEqual(["failed", "0+1", "success", "1+2", "3+2", "5+1", "skipped", "6+1"]);
});
