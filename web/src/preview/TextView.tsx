import { useMemo, useRef } from "react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { bytes, grouped } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { useEnd } from "./useEnd.ts";
import { mostBytes, useFileText } from "./useFileText.ts";

const lineHeight = 18;

/** A text with the numbers of its lines; a long one is read as it is scrolled. */
export default function TextView({ address }: { address: string }) {
  const { text, total, hasMore, isCut, error, more } = useFileText(address);
  const lines = useMemo(() => linesOf(text ?? ""), [text]);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({ count: lines.length, getScrollElement: () => scroller.current, estimateSize: () => lineHeight, overscan: 30 });
  const shown = list.getVirtualItems();
  useEnd(shown.at(-1)?.index, lines.length, more);
  if (text === "") {
    return <p className="hint">An empty file.</p>;
  }

  return (
    <>
      <Problem error={error} />
      <div className="lines" ref={scroller} tabIndex={0} role="region" aria-label="Text">
        <ol style={{ height: list.getTotalSize() }}>
          {shown.map((item) => (
            <li key={item.index} style={{ transform: `translateY(${item.start}px)` }}>
              <span aria-hidden="true">{item.index + 1}</span>
              <code>{lines[item.index]}</code>
            </li>
          ))}
        </ol>
      </div>
      <p className="hint">
        {grouped(lines.length)} lines{hasMore && ` so far, of ${bytes(total)}: scroll to read on`}
        {isCut && ` of the first ${bytes(mostBytes)}, of ${bytes(total)}: download the file to read on`}
      </p>
    </>
  );
}

/** A line end at the end begins no line. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}
