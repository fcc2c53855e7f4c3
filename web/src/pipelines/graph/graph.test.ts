import { expect, test } from "vitest";
import type { PipelineRow } from "../../api/pipelines.ts";
import { layout } from "./layout.ts";
import { graphOf, reached } from "./nodes.ts";
import { fitted, seen, showing, zoomed } from "./viewport.ts";
import { step } from "./walk.ts";

function pipeline(name: string, ...repos: string[]): PipelineRow {
  const inputs = repos.map((repo) => ({ name: repo, project: "p", repo, branch: "master", glob: "/", cron: repo.endsWith("_tick") ? "@daily" : null }));
  return { project: "p", name, inputs } as unknown as PipelineRow;
}

const graph = graphOf([pipeline("b", "a", "b_tick"), pipeline("c", "b", "a"), pipeline("d", "b")]);
const of = (name: string) => graph.numberOf.get(`p/${name}`) ?? -1;

test("repos that are read are nodes, pipelines are one node with the repo that they write, and two inputs of one repo are one edge", () => {
  expect(graph.nodes.map((node) => `${node.name} ${node.kind}`)).toEqual(["b pipeline", "c pipeline", "d pipeline", "a repo", "b_tick cron"]);
  expect(graphOf([pipeline("b", "a", "a")]).edges).toHaveLength(1);
});

test("what leads to a node, and what it leads to, is found through all steps", () => {
  expect([...reached(of("c"), graph.before)].map((node) => graph.nodes[node]?.name).toSorted()).toEqual(["a", "b", "b_tick", "c"]);
  expect([...reached(of("b_tick"), graph.after)].map((node) => graph.nodes[node]?.name).toSorted()).toEqual(["b", "b_tick", "c", "d"]);
});

test("arrows follow edges, move within a column, and stay where there is nothing", () => {
  const drawn = layout(graph);
  expect(step(graph, drawn, of("d"), "left")).toBe(of("b"));
  expect([of("c"), of("d")]).toContain(step(graph, drawn, of("b"), "right"));
  const other = step(graph, drawn, of("c"), "up") === of("d") ? "up" : "down";
  expect(step(graph, drawn, of("c"), other)).toBe(of("d"));
  expect(step(graph, drawn, of("d"), "right")).toBe(of("d"));
});

test("a drawing is fitted into its window, and zooming keeps the point under the pointer", () => {
  const view = fitted({ width: 2000, height: 500 }, { width: 1056, height: 800 });
  expect(view.scale).toBeCloseTo(0.5);
  expect(seen(view, { width: 1056, height: 800 }).x).toBeLessThan(0);
  const around = { x: 300, y: 200 };
  const closer = zoomed(view, 2, around);
  expect((around.x - closer.x) / closer.scale).toBeCloseTo((around.x - view.x) / view.scale);
});

test("what is chosen comes into the window, and to a size that can be read", () => {
  const window = { width: 400, height: 300 };
  expect(showing({ x: 0, y: 0, scale: 1 }, { x: 100, y: 100, width: 50, height: 50 }, window, 0.5)).toEqual({ x: 0, y: 0, scale: 1 });
  expect(showing({ x: 0, y: 0, scale: 1 }, { x: 900, y: 100, width: 50, height: 50 }, window, 0.5).x).toBe(-578);
  expect(showing({ x: 0, y: 0, scale: 0.1 }, { x: 900, y: 100, width: 50, height: 50 }, window, 0.5).scale).toBe(0.5);
});
