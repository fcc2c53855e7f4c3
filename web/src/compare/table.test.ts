import { expect, test } from "vitest";
import type { ComparedRun } from "../api/compare.ts";
import { contentNumbers, verdictOf } from "./inputs.ts";
import { extremes, isEqual } from "./rows.ts";
import { partsOf } from "./table.ts";
import { filesOf } from "./texts.ts";

function run(lr: string, loss: number, more: Partial<ComparedRun> = {}): ComparedRun {
  return {
    run: { id: lr, name: lr, project: "p", type: "training", status: "completed", statusReason: "", statusMessage: "", parent: null, user: "", created: "", started: null, completed: null, lastIteration: 0, labels: [], archived: false },
    comment: "",
    worker: "",
    parameters: [{ section: "General", name: "lr", value: lr }],
    tags: [],
    script: { requirements: { pip: "torch==2.1\nnumpy\n" } },
    container: null,
    configuration: null,
    runtime: null,
    datasets: [],
    inputModels: [],
    spent: null,
    metrics: [{ key: "loss", count: 1, last: loss, lastStep: 0, min: loss, max: loss }],
    inputs: [],
    ...more,
  };
}

const part = (runs: ComparedRun[], title: string) => partsOf(runs).find((one) => one.title === title)?.rows ?? [];

test("what a run has not is nothing beside what others have", () => {
  const rows = part([run("1", 0.5), run("2", 0.5, { parameters: [] })], "Parameters");
  expect(rows).toEqual([{ name: "lr", values: ["1", undefined] }]);
  expect(rows.every(isEqual)).toBe(false);
});

test("numbers are equal to the last digit, or not at all", () => {
  const [loss] = part([run("1", 0.123456789), run("1", 0.123456788)], "Metrics, last");
  expect(loss?.values).toEqual(["0.12346", "0.12346"]);
  expect(loss && isEqual(loss)).toBe(false);
  expect(loss && extremes(loss)).toEqual({ low: 0.123456788, high: 0.123456789 });
});

test("packages are compared by name", () => {
  expect(part([run("1", 1), run("1", 1)], "Packages")).toEqual([
    { name: "torch", values: ["2.1", "2.1"] },
    { name: "numpy", values: ["any", "any"] },
  ]);
});

const input = (commit: string, hash: string | null) => ({ name: "images", repo: "default/images", branch: "master", commit, hash, files: 1, size: 1 });

test("commits of one content are told from those of others, whatever they are called", () => {
  const inputs = part(["a", "b", "a"].map((hash, at) => run("1", 1, { inputs: [input(String(at).repeat(32), hash)] })), "Inputs");
  expect(inputs[0]).toMatchObject({ values: ["default/images@000000000000", "default/images@111111111111", "default/images@222222222222"], marks: ["content 1", "content 2", "content 1"] });
  expect(part([run("1", 1, { inputs: [input("x", "a")] }), run("1", 1, { inputs: [input("y", "a")] })], "Inputs")[0]?.marks).toEqual(["same content", "same content"]);
});

test("where a content is not known, none is made up; the same commit needs no word", () => {
  expect(contentNumbers([input("x", null), input("y", "a"), undefined])).toEqual([undefined, 1, undefined]);
  expect(contentNumbers([input("x", "a"), input("x", "a")])).toEqual([undefined, undefined]);
});

test("what two runs read is the same commit, the same content, or something else", () => {
  const other = { ...input("y", "b"), repo: "default/other" };
  expect([
    verdictOf(input("x", null), input("x", null)),
    verdictOf(input("x", "a"), input("y", "a")),
    verdictOf(input("x", "a"), input("y", "b")),
    verdictOf(input("x", "a"), other),
    verdictOf(input("x", "a"), input("y", null)),
    verdictOf(undefined, input("x", "a")),
  ]).toEqual(["commit", "content", "differs", "repo", "unknown", "only"]);
});

test("what is in no commit is compared file by file, a program without a repository as one", () => {
  const patch = (text: string) => `diff --git a/x.py b/x.py\n@@ -1 +1 @@\n${text}`;
  expect(filesOf(patch("+a"), patch("+b"))).toEqual([{ name: "x.py", from: "@@ -1 +1 @@\n+a", to: "@@ -1 +1 @@\n+b" }]);
  expect(filesOf("print(1)\n--- not a patch", "")).toEqual([{ name: "program", from: "print(1)\n--- not a patch", to: undefined }]);
});

test("datasets and models are inputs, under the names that programs gave them", () => {
  const runs = [run("1", 1, { datasets: [{ name: "digits", digest: "d1", sourceType: "", source: "" }], inputModels: [{ name: "base", id: "m1" }] }), run("1", 1)];
  expect(part(runs, "Inputs")).toEqual([
    { name: "dataset digits", values: ["d1", undefined], links: [undefined, undefined] },
    { name: "model base", values: ["m1", undefined], links: ["/models/m1", undefined] },
  ]);
});

test("configuration is compared value by value, or by its text where that has none", () => {
  const net = (value: string) => ({ net: { value } });
  expect(part([run("1", 1, { configuration: net("depth = 18") }), run("1", 1, { configuration: net("depth = 34") })], "Configuration")).toEqual([{ name: "net/depth", values: ["18", "34"] }]);
  const [words] = part([run("1", 1, { configuration: net("some words") }), run("1", 1, { configuration: net("other words") })], "Configuration");
  expect(words?.values[0]).toMatch(/^1 line, #/);
  expect(words && isEqual(words)).toBe(false);
});

test("what a run cost is what the scheduler gave it, or the GPUs that its client saw", () => {
  const long = { ...run("1", 1).run, started: "2026-01-05T09:00:00Z", completed: "2026-01-05T11:00:00Z" };
  const rows = part([run("1", 1, { run: long, runtime: { gpu_count: 4 } }), run("1", 1, { run: long, spent: { project: "p", gpuHours: 1.5, cpuHours: 6 } })], "Cost");
  expect(rows.map(({ name, values }) => [name, ...values])).toEqual([
    ["Took", "2 h", "2 h"],
    ["GPU hours", "8 h", "1.5 h"],
    ["CPU hours", undefined, "6 h"],
  ]);
});
