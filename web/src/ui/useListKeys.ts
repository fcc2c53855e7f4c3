import { useShortcuts } from "../app/shortcuts.ts";

interface List {
  /** What one is, in the list of shortcuts: "repo". */
  one: string;
  group: string;
  count: number;
  at: number;
  onMove: (at: number) => void;
  /** None, where what one is at is shown already. */
  onOpen?: (at: number) => void;
}

/** The keys of a list: arrows or j and k move, Home and End go to its ends, Enter opens. */
export function useListKeys({ one, group, count, at, onMove, onOpen }: List): void {
  const move = (to: number) => onMove(Math.min(count - 1, Math.max(0, to)));
  const next = { label: `Next ${one}`, group, run: () => move(at + 1) };
  const previous = { label: `Previous ${one}`, group, run: () => move(at - 1) };
  useShortcuts([
    { keys: "j", ...next },
    { keys: "ArrowDown", ...next },
    { keys: "k", ...previous },
    { keys: "ArrowUp", ...previous },
    { keys: "Home", label: `First ${one}`, group, run: () => move(0) },
    { keys: "End", label: `Last ${one}`, group, run: () => move(count - 1) },
    ...(onOpen ? [{ keys: "Enter", label: `Open the ${one}`, group, run: () => at < count && onOpen(at) }] : []),
  ]);
}

/** The `ref` of the row one is at: the page scrolls to it when it is out of sight. */
export function intoView(row: HTMLElement | null): void {
  row?.scrollIntoView({ block: "nearest" });
}
