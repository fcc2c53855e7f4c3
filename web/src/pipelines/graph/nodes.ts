import { pipelinePath, type PipelineRow } from "../../api/pipelines.ts";
import { repoPage } from "../../data/address.ts";
import type { Graph } from "./layout.ts";

/** A pipeline with the repo that it writes, or a repo that no pipeline writes. */
export interface GraphNode {
  /** "project/name" */
  id: string;
  project: string;
  name: string;
  kind: "pipeline" | "repo" | "cron";
  /** Undefined of a repo, and of a pipeline of another project than the one that is shown. */
  pipeline: PipelineRow | undefined;
}

export interface PipelineGraph extends Graph {
  nodes: GraphNode[];
  numberOf: Map<string, number>;
  before: number[][];
  after: number[][];
}

/** What the pipelines read and write, as a graph. */
export function graphOf(pipelines: readonly PipelineRow[]): PipelineGraph {
  const nodes: GraphNode[] = [];
  const numberOf = new Map<string, number>();
  const add = (node: GraphNode) => {
    const known = numberOf.get(node.id);
    if (known !== undefined) {
      return known;
    }

    numberOf.set(node.id, nodes.length);
    return nodes.push(node) - 1;
  };
  for (const pipeline of pipelines) {
    const { project, name } = pipeline;
    add({ id: `${project}/${name}`, project, name, kind: "pipeline", pipeline });
  }

  const edges = new Map<string, readonly [number, number]>();
  pipelines.forEach((pipeline, to) => {
    for (const { project, repo, cron } of pipeline.inputs) {
      const from = add({ id: `${project}/${repo}`, project, name: repo, kind: cron === null ? "repo" : "cron", pipeline: undefined });
      edges.set(`${from} ${to}`, [from, to]);
    }
  });
  const before = nodes.map((): number[] => []);
  const after = nodes.map((): number[] => []);
  for (const [from, to] of edges.values()) {
    before[to]?.push(from);
    after[from]?.push(to);
  }

  return { nodes, numberOf, size: nodes.length, edges: [...edges.values()], before, after };
}

/** The nodes that lead to one, or that it leads to, itself included. */
export function reached(from: number, next: readonly (readonly number[])[]): Set<number> {
  const seen = new Set([from]);
  for (const node of seen) {
    for (const other of next[node] ?? []) {
      seen.add(other);
    }
  }

  return seen;
}

/** The page of a node: a pipeline's own, or the files of a repo. */
export function nodePath(node: Pick<GraphNode, "kind" | "project" | "name">): string {
  return node.kind === "pipeline" ? pipelinePath(node.project, node.name) : repoPage(node.project, node.name);
}
