import { memo } from "react";
import type { LogLine } from "../api/run.ts";
import { moment } from "../ui/time.ts";
import { spansOf } from "./ansi.ts";

interface LineProps {
  place: number;
  /** Undefined while it is on its way. */
  line: LogLine | undefined;
  sought: string;
  onChoose: (place: number) => void;
}

/** One line: its number is a link to it. */
export const Line = memo(function Line({ place, line, sought, onChoose }: LineProps) {
  return (
    <>
      <button type="button" className="place" tabIndex={-1} onClick={() => onChoose(place)} title={line && `${moment(line.time)} ${line.worker}`} aria-label={`Link to line ${place + 1}`}>
        {place + 1}
      </button>
      {line && <LineText line={line} sought={sought} />}
    </>
  );
});

/** What a line says, in its colours. */
export function LineText({ line, sought = "" }: { line: LogLine; sought?: string }) {
  return (
    <span className={line.abandoned ? "text abandoned" : "text"}>
      {spansOf(line.text.replaceAll("\n", " ⏎ ")).map((span, at) => (
        // Spans have no name but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <span key={at} className={span.look || undefined}>
          {marked(span.text, sought)}
        </span>
      ))}
    </span>
  );
}

function marked(text: string, sought: string) {
  if (!sought || !text.includes(sought)) {
    return text;
  }

  const parts = text.split(sought);
  // Parts have no name but their place.
  // oxlint-disable-next-line react/no-array-index-key
  return parts.map((part, at) => <span key={at}>{at > 0 && <mark>{sought}</mark>}{part}</span>);
}
