import type { Change, Changes } from "../api/data.ts";
import { bytes, grouped } from "../ui/number.ts";

/** How many files differ. */
export function ChangeTotals({ of }: { of: Changes }) {
  return (
    <span className="hint" role="status">
      {of.isCut && "at least "}
      {grouped(of.added)} added, {grouped(of.changed)} changed, {grouped(of.removed)} removed
    </span>
  );
}

/** How large a file was, and is. */
export function ChangeSizes({ of: { oldSize, newSize } }: { of: Change }) {
  return oldSize === null ? (
    <span className="good">+ {bytes(newSize ?? 0)}</span>
  ) : newSize === null ? (
    <span className="bad">− {bytes(oldSize)}</span>
  ) : (
    <span className="hint">
      {bytes(oldSize)} → {bytes(newSize)}
    </span>
  );
}
