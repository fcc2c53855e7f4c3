import { expect, test } from "vitest";
import type { PipelineRow } from "../../api/pipelines.ts";
import { layout } from "./layout.ts";
import { chose, drew, type Mark } from "./mark.ts";
import { graphOf } from "./nodes.ts";
import { step, type Direction } from "./walk.ts";

const chain = graphOf(
  ["b", "c", "d", "e"].map((name, at) => ({ project: "p", name, inputs: [{ name: "i", project: "p", repo: "abcd"[at], branch: "master", glob: "/", cron: null }] }) as unknown as PipelineRow),
);
const places = layout(chain);

function press(mark: Mark, direction: Direction): Mark {
  const to = step(chain, places, chain.numberOf.get(mark.at) ?? 0, direction);
  return chose(mark, chain.nodes[to]?.id ?? "");
}

test("three arrows that come before anything is drawn go three steps", () => {
  let mark: Mark = { at: "p/a", coming: [] };
  for (const direction of ["right", "right", "right"] as const) {
    mark = press(mark, direction);
  }

  expect(mark.at).toBe("p/d");
});

test("what is drawn late of earlier keys does not take the mark back", () => {
  let mark = press(press({ at: "p/a", coming: [] }, "right"), "right");
  mark = drew(mark, "p/b");
  expect(press(mark, "right").at).toBe("p/d");
  mark = drew(mark, "p/c");
  expect(mark).toEqual({ at: "p/c", coming: [] });
});

test("there and back again ends where it began, though the middle was never drawn", () => {
  const mark = press(press({ at: "p/b", coming: [] }, "right"), "left");
  expect(drew(mark, "p/b")).toEqual({ at: "p/b", coming: [] });
});

test("what is chosen otherwise moves the mark", () => {
  const mark = press({ at: "p/a", coming: [] }, "right");
  expect(press(drew(mark, "p/d"), "right").at).toBe("p/e");
});
