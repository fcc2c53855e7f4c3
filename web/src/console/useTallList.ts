import { useCallback, useLayoutEffect, useRef, useState, type RefCallback } from "react";
import { rowsAt, spotAfter, spotAt, tall, type Spot } from "./tall.ts";

export interface TallList {
  scroller: RefCallback<HTMLDivElement>;
  /** Of the element that holds the rows. */
  height: number;
  rows: { index: number; start: number }[];
  show: (index: number, align: "center" | "end") => void;
}

/** Rows of one height, of any number, in an element that scrolls: those that can be seen, and where they are. Nothing is kept for a row. */
export function useTallList(count: number, rowHeight: number, around: number): TallList {
  const element = useRef<HTMLDivElement>(null);
  const [window, setWindow] = useState(0);
  const [spot, setSpot] = useState<Spot>({ scrolled: 0, offset: 0 });
  const now = useRef({ spot, count });
  useLayoutEffect(() => {
    now.current.count = count;
  }, [count]);
  const heightNow = useCallback(() => tall(now.current.count, rowHeight, element.current?.clientHeight ?? 0), [rowHeight]);
  const go = useCallback((next: Spot) => {
    now.current.spot = next;
    setSpot(next);
    if (element.current && Math.round(element.current.scrollTop) !== next.scrolled) {
      element.current.scrollTop = next.scrolled;
    }
  }, []);
  const scroller = useCallback(
    (div: HTMLDivElement) => {
      const measure = () => setWindow(div.clientHeight);
      const scrolled = () => go(spotAfter(now.current.spot, Math.round(div.scrollTop), heightNow()));
      const watched = new ResizeObserver(measure);
      element.current = div;
      measure();
      watched.observe(div);
      div.addEventListener("scroll", scrolled, { passive: true });
      return () => {
        watched.disconnect();
        div.removeEventListener("scroll", scrolled);
        element.current = null;
      };
    },
    [go, heightNow],
  );
  const show = useCallback(
    (index: number, align: "center" | "end") => {
      const height = heightNow();
      const above = align === "end" ? height.window - rowHeight : (height.window - rowHeight) / 2;
      go(spotAt(index * rowHeight - above, height));
    },
    [go, heightNow, rowHeight],
  );
  const [from, to] = rowsAt(spot, window, rowHeight, count, around);
  const rows = Array.from({ length: Math.max(0, to - from) }, (_, at) => ({ index: from + at, start: (from + at) * rowHeight - spot.offset }));
  return { scroller, height: tall(count, rowHeight, window).shown, rows, show };
}
