import { useEffect, useRef, type RefObject } from "react";

/** Where keys are at. What they choose is drawn a moment later, and keys may be faster than that. */
export interface Mark {
  /** A node, "project/name"; empty for none. */
  at: string;
  /** What was chosen and is not drawn yet, in order. */
  coming: readonly string[];
}

export function chose(mark: Mark, id: string): Mark {
  return id === mark.at ? mark : { at: id, coming: [...mark.coming, id] };
}

/** The page shows a node: one that is expected, which says nothing new, or one that was chosen otherwise (a click, a link, back). */
export function drew(mark: Mark, id: string): Mark {
  const found = mark.coming.indexOf(id);
  return found < 0 ? { at: id, coming: [] } : { at: mark.at, coming: mark.coming.slice(found + 1) };
}

/** The mark as it is when a key comes, and a way to move it. */
export function useMark(at: string, onAt: (id: string) => void): { mark: RefObject<Mark>; moveTo: (id: string) => void } {
  const mark = useRef<Mark>({ at, coming: [] });
  useEffect(() => {
    mark.current = drew(mark.current, at);
  }, [at]);
  const moveTo = (id: string) => {
    mark.current = chose(mark.current, id);
    onAt(id);
  };
  return { mark, moveTo };
}
