import { structuredPatch } from "diff";
import { useMemo } from "react";

/** Texts that have nothing in common take long, and a line by line says nothing of them. */
const longestMs = 2000;
const context = 3;

/** Two texts line by line, with some lines around what differs. */
export default function Hunks({ before, after }: { before: string; after: string }) {
  const hunks = useMemo(() => structuredPatch("", "", before, after, "", "", { context, timeout: longestMs })?.hunks, [before, after]);
  if (!hunks) {
    return <p className="hint">The two have too little in common to be compared line by line.</p>;
  }

  return (
    <>
      {hunks.length === 0 && <p className="hint">No line differs.</p>}
      {hunks.map((hunk) => (
        <pre key={hunk.oldStart}>
          <div className="place">
            lines {hunk.oldStart} → {hunk.newStart}
          </div>
          {hunk.lines.map((line, at) => (
            // Lines have no name but their place.
            // oxlint-disable-next-line react/no-array-index-key
            <div key={at} className={line.startsWith("+") ? "added" : line.startsWith("-") ? "removed" : undefined}>
              {line || " "}
            </div>
          ))}
        </pre>
      ))}
    </>
  );
}
