/** A cell of a notebook, with all that can be shown of it. */
export interface Cell {
  kind: "code" | "text";
  source: string;
  /** How often it was run, where it was. */
  count: number | null;
  outputs: Output[];
}

export type Output = { kind: "text" | "error" | "page"; text: string } | { kind: "image"; address: string };

/** What Jupyter writes, as far as it is needed here; any part may be missing. */
interface RawCell {
  cell_type?: string;
  source?: string | string[];
  execution_count?: number | null;
  outputs?: RawOutput[];
}

interface RawOutput {
  output_type?: string;
  text?: string | string[];
  traceback?: string[];
  data?: Record<string, string | string[]>;
}

const escapes = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

/** The cells of a notebook; undefined when the text is none. */
export function cellsOf(text: string): Cell[] | undefined {
  const notebook = parsed(text);
  return Array.isArray(notebook?.cells) ? (notebook.cells as RawCell[]).map(cellOf) : undefined;
}

function parsed(text: string): { cells?: unknown } | undefined {
  try {
    return JSON.parse(text) as { cells?: unknown };
  } catch {
    return undefined;
  }
}

function cellOf(cell: RawCell): Cell {
  return {
    kind: cell.cell_type === "code" ? "code" : "text",
    source: joined(cell.source),
    count: cell.execution_count ?? null,
    outputs: (cell.outputs ?? []).flatMap(outputOf),
  };
}

/** Of what a cell shows in several ways, the one that shows most. */
function outputOf(output: RawOutput): Output[] {
  if (output.output_type === "error") {
    return [{ kind: "error", text: joined(output.traceback, "\n").replaceAll(escapes, "") }];
  }

  const data = output.data ?? {};
  const image = ["image/png", "image/jpeg", "image/gif", "image/webp"].find((type) => data[type]);
  if (image) {
    return [{ kind: "image", address: `data:${image};base64,${joined(data[image]).replaceAll(/\s/g, "")}` }];
  }

  if (data["image/svg+xml"]) {
    return [{ kind: "image", address: `data:image/svg+xml,${encodeURIComponent(joined(data["image/svg+xml"]))}` }];
  }

  if (data["text/html"]) {
    return [{ kind: "page", text: joined(data["text/html"]) }];
  }

  const text = joined(output.text ?? data["text/plain"]);
  return text ? [{ kind: "text", text: text.replaceAll(escapes, "") }] : [];
}

function joined(text: string | string[] | undefined, between = ""): string {
  return Array.isArray(text) ? text.join(between) : (text ?? "");
}
