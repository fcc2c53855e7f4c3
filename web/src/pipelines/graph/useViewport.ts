import { useEffect, useRef, useState, type PointerEvent, type RefObject } from "react";
import { fitted, zoomed, type Size, type Viewport } from "./viewport.ts";

const wheelZoom = 0.0016;
/** A hand that clicks moves a little. */
const clickPixels = 4;

/** The part of a drawing that an element shows: all of it at first; then where the wheel, a hand, or two fingers move it. */
export function useViewport(element: RefObject<SVGSVGElement | null>, drawing: Size) {
  const [window, setWindow] = useState<Size>({ width: 0, height: 0 });
  const [view, setView] = useState<Viewport>({ x: 0, y: 0, scale: 1 });
  const isFitted = useRef(false);
  useEffect(() => {
    const watched = new ResizeObserver(([entry]) => entry && setWindow({ width: entry.contentRect.width, height: entry.contentRect.height }));
    if (element.current) {
      watched.observe(element.current);
    }

    return () => watched.disconnect();
  }, [element]);
  useEffect(() => {
    if (!isFitted.current && window.width > 0 && drawing.width > 0) {
      isFitted.current = true;
      setView(fitted(drawing, window));
    }
  }, [window, drawing]);
  useWheel(element, setView);
  return { view, setView, window, drag: useDrag(setView) };
}

type SetView = (change: (view: Viewport) => Viewport) => void;

/** The wheel zooms around the pointer; React's own listeners may not keep the page from scrolling. */
function useWheel(element: RefObject<SVGSVGElement | null>, setView: SetView): void {
  useEffect(() => {
    const svg = element.current;
    const turn = (event: WheelEvent) => {
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      setView((view) => zoomed(view, Math.exp(-event.deltaY * lines * wheelZoom), { x: event.offsetX, y: event.offsetY }));
    };
    svg?.addEventListener("wheel", turn, { passive: false });
    return () => svg?.removeEventListener("wheel", turn);
  }, [element, setView]);
}

function useDrag(setView: SetView) {
  const pointers = useRef(new Map<number, { x: number; y: number; isDragging: boolean }>());
  return {
    onPointerDown: (event: PointerEvent<SVGSVGElement>) => {
      if (event.button === 0) {
        pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY, isDragging: false });
      }
    },
    onPointerMove: (event: PointerEvent<SVGSVGElement>) => {
      const from = pointers.current.get(event.pointerId);
      if (!from) {
        return;
      }

      const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
      if (!from.isDragging && Math.hypot(dx, dy) < clickPixels) {
        return;
      }

      event.currentTarget.setPointerCapture(event.pointerId);
      const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
      pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY, isDragging: true });
      const box = event.currentTarget.getBoundingClientRect();
      setView((view) => {
        if (!other) {
          return { ...view, x: view.x + dx, y: view.y + dy };
        }

        const factor = Math.hypot(event.clientX - other.x, event.clientY - other.y) / Math.max(1, Math.hypot(from.x - other.x, from.y - other.y));
        return zoomed(view, factor, { x: other.x - box.left, y: other.y - box.top });
      });
    },
    onPointerUp: (event: PointerEvent<SVGSVGElement>) => void pointers.current.delete(event.pointerId),
    onPointerCancel: (event: PointerEvent<SVGSVGElement>) => void pointers.current.delete(event.pointerId),
  };
}
