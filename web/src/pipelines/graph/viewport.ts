import type { Point } from "./layout.ts";

/** What of the drawing is seen: a point p of it is at x + scale * p of the window. */
export interface Viewport extends Point {
  scale: number;
}

export interface Size {
  width: number;
  height: number;
}

const margin = 28;
/** Ten thousand nodes in a column fit into a window. */
const leastScale = 0.001;
const mostScale = 2.5;

/** All of the drawing, not larger than it is. */
export function fitted(drawing: Size, window: Size): Viewport {
  const scale = Math.max(leastScale, Math.min(1, (window.width - 2 * margin) / Math.max(1, drawing.width), (window.height - 2 * margin) / Math.max(1, drawing.height)));
  return { scale, x: (window.width - scale * drawing.width) / 2, y: (window.height - scale * drawing.height) / 2 };
}

/** Larger by a factor, around a point of the window, which stays where it is. */
export function zoomed({ x, y, scale }: Viewport, factor: number, around: Point): Viewport {
  const next = Math.min(mostScale, Math.max(leastScale, scale * factor));
  const by = next / scale;
  return { scale: next, x: around.x - by * (around.x - x), y: around.y - by * (around.y - y) };
}

/** So that a box of the drawing is in the window, moved as little as may be; large enough to be read, if asked. */
export function showing(view: Viewport, box: Point & Size, window: Size, leastReadable: number): Viewport {
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  if (view.scale < leastReadable) {
    return { scale: leastReadable, x: window.width / 2 - leastReadable * middle.x, y: window.height / 2 - leastReadable * middle.y };
  }

  const by = (at: number, length: number, room: number) => clamp(0, margin - at, room - margin - length - at);
  return {
    scale: view.scale,
    x: view.x + by(view.x + view.scale * box.x, view.scale * box.width, window.width),
    y: view.y + by(view.y + view.scale * box.y, view.scale * box.height, window.height),
  };
}

/** The part of the drawing that is in the window. */
export function seen({ x, y, scale }: Viewport, window: Size): Point & Size {
  return { x: -x / scale, y: -y / scale, width: window.width / scale, height: window.height / scale };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most));
}
