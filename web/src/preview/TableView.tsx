import { useMemo } from "react";
import { bytes, grouped } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { rowsOf } from "./kinds.ts";
import { Rows } from "./Rows.tsx";
import { mostBytes, useFileText } from "./useFileText.ts";

/** Values between commas or tabs as a table; a long one is read as it is scrolled. */
export default function TableView({ name, address }: { name: string; address: string }) {
  const { text, total, hasMore, isCut, error, more } = useFileText(address);
  const rows = useMemo(() => {
    const all = rowsOf(text ?? "", /\.tsv$/i.test(name) ? "\t" : ",");
    // The last row of a part may be cut.
    return hasMore || isCut ? all.slice(0, -1) : all;
  }, [text, name, hasMore, isCut]);
  const [head = [], ...body] = rows;
  return (
    <>
      <Problem error={error} />
      {text === "" && <p className="hint">An empty file.</p>}
      {rows.length > 0 && <Rows head={head} count={body.length} cells={(row) => body[row] ?? []} onEnd={more} />}
      {rows.length > 0 && (
        <p className="hint">
          {grouped(body.length)} rows, {head.length} columns{hasMore && ` so far, of ${bytes(total)}: scroll to read on`}
          {isCut && ` of the first ${bytes(mostBytes)}, of ${bytes(total)}: download the file to read on`}
        </p>
      )}
    </>
  );
}
