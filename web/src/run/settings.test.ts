import { expect, test } from "vitest";
import { environmentOf, notedOf, packagesOf } from "./environment.ts";
import { settingsOf, valuesOf } from "./settings.ts";

test("a dictionary is read as ClearML's client writes it, nested and with lists", () => {
  const text = 'depth = 18\nname = "a b"\nmodel {\n  width = 64\n  "odd.key" : true\n  sizes = [\n    1,\n    2\n  ]\n}\n';
  expect(valuesOf(text)).toEqual([
    ["depth", "18"],
    ["name", "a b"],
    ["model/width", "64"],
    ["model/odd.key", "true"],
    ["model/sizes/0", "1"],
    ["model/sizes/1", "2"],
  ]);
});

test("JSON is read by its leaves", () => {
  expect(valuesOf('{"a": {"b": [1, "x"]}, "c": null}')).toEqual([
    ["a/b/0", "1"],
    ["a/b/1", "x"],
    ["c", "null"],
  ]);
});

test("a text in no form that is known has no values, and nothing is made up", () => {
  for (const text of ["just words", "a:\n  b: 1\n", "a {\n", "}", ""]) {
    expect(valuesOf(text)).toBeUndefined();
  }
});

test("objects of a configuration are shown whatever wrote them", () => {
  expect(settingsOf({ configuration: { net: { name: "net", type: "dictionary", description: "d", value: "a = 1" }, plain: { a: 1 }, odd: 3 } })).toEqual([
    { name: "net", type: "dictionary", description: "d", text: "a = 1" },
    { name: "odd", type: "", description: "", text: "3" },
    { name: "plain", type: "", description: "", text: "" },
  ]);
});

test("a machine is described by what the client noted of it, without what is empty", () => {
  const described = { script: null, container: { image: "torch:2" }, runtime: { hostname: "node-1", memory_gb: 15.6, gpu_count: 2, gpu_type: "A, A", _internal: 1, progress: "7" } };
  expect(environmentOf(described)).toEqual([
    ["Image", "torch:2"],
    ["Host", "node-1"],
    ["Memory", "15.6 GiB"],
    ["GPUs", "2 × A, A"],
  ]);
  expect(notedOf(described)).toEqual([{ section: "", name: "progress", value: "7" }]);
});

test("comments and options are no packages", () => {
  const requirements = { pip: "# Python 3.11\n\ntorch==2.1\nnumpy\n--extra-index-url x\nuvicorn[standard] >= 0.2", conda: "" };
  expect(packagesOf({ script: { requirements }, container: null, runtime: null })).toEqual([
    {
      list: "pip",
      packages: [
        ["torch", "2.1"],
        ["numpy", ""],
        ["uvicorn[standard]", ">= 0.2"],
      ],
    },
  ]);
});
