import { expect, test } from "vitest";
import { cellsOf } from "./notebook.ts";

test("a notebook's cells are read with what they showed, colours of terminals left out", () => {
  const notebook = {
    cells: [
      { cell_type: "markdown", source: ["# A\n", "text"] },
      {
        cell_type: "code",
        execution_count: 3,
        source: "show()",
        outputs: [
          { output_type: "stream", text: ["one\n"] },
          { output_type: "display_data", data: { "image/png": "QUJD\n", "text/plain": "<Figure>" } },
          { output_type: "execute_result", data: { "text/html": ["<b>", "x</b>"], "text/plain": "x" } },
          { output_type: "error", traceback: ["\u001b[31mValueError\u001b[0m", "no"] },
        ],
      },
    ],
  };
  expect(cellsOf(JSON.stringify(notebook))).toEqual([
    { kind: "text", source: "# A\ntext", count: null, outputs: [] },
    {
      kind: "code",
      source: "show()",
      count: 3,
      outputs: [
        { kind: "text", text: "one\n" },
        { kind: "image", address: "data:image/png;base64,QUJD" },
        { kind: "page", text: "<b>x</b>" },
        { kind: "error", text: "ValueError\nno" },
      ],
    },
  ]);
});

test("what is no notebook is none", () => {
  expect([cellsOf("{"), cellsOf("{}"), cellsOf("null")]).toEqual([undefined, undefined, undefined]);
});
