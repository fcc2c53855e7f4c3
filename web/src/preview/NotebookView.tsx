import { useMemo } from "react";
import { useQuery } from "@tanstack/react-query";
import { Problem } from "../ui/Problem.tsx";
import { cellsOf, type Cell, type Output } from "./notebook.ts";
import { readText } from "./ranges.ts";
import TextView from "./TextView.tsx";

/** A notebook's cells and what they showed; pages among that are in frames that run nothing. */
export default function NotebookView({ address }: { address: string }) {
  const file = useQuery({ queryKey: ["notebook", address], queryFn: ({ signal }) => readText(address, signal), staleTime: 10_000 });
  const cells = useMemo(() => (file.data === undefined ? undefined : cellsOf(file.data)), [file.data]);
  if (file.data !== undefined && !cells) {
    return <TextView address={address} />;
  }

  return (
    <>
      <Problem error={file.error} />
      <ol className="notebook">
        {cells?.map((cell, at) => (
          // Cells have no name but their place.
          // oxlint-disable-next-line react/no-array-index-key
          <CellView key={at} cell={cell} />
        ))}
      </ol>
    </>
  );
}

function CellView({ cell }: { cell: Cell }) {
  return (
    <li className={cell.kind}>
      {cell.kind === "code" && <span className="hint mono">[{cell.count ?? " "}]</span>}
      <pre className="source">{cell.source}</pre>
      {cell.outputs.map((output, at) => (
        // oxlint-disable-next-line react/no-array-index-key
        <OutputView key={at} output={output} />
      ))}
    </li>
  );
}

function OutputView({ output }: { output: Output }) {
  switch (output.kind) {
    case "image":
      return <img src={output.address} alt="What the cell drew" />;
    case "page":
      return <iframe srcDoc={output.text} style={{ height: heightOf(output.text) }} title="What the cell showed" sandbox="" referrerPolicy="no-referrer" />;
    default:
      return <pre className={output.kind}>{output.text}</pre>;
  }
}

/** A frame that nothing may reach cannot say how high it is: its rows are counted. */
function heightOf(page: string): string {
  const rows = page.match(/<(tr|p|li|br|div|h\d)\b/gi)?.length ?? 0;
  return `${Math.min(24, 4 + rows * 1.8)}rem`;
}
