import type { Axis } from "./axes.ts";
import { heightOf, type Drawn } from "./lines.ts";

/** Colours of what is not a run. */
export interface Ink {
  ink: string;
  quiet: string;
  line: string;
  paper: string;
  font: string;
}

const tickLength = 5;

/** Those of ui/base.css: canvases do not follow style sheets. */
const light = { ink: "#1a1f26", quiet: "#57606c", line: "#8c95a0", paper: "#ffffff" };
const dark = { ink: "#e4e7eb", quiet: "#9aa5b1", line: "#66717e", paper: "#12161b" };

export function inkOf(element: HTMLElement, isDark: boolean): Ink {
  return { ...(isDark ? dark : light), font: getComputedStyle(element).fontFamily };
}

/** A canvas of this size in pixels of the page, sharp on every screen, and empty. */
export function cleared(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const scale = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const to = canvas.getContext("2d");
  to?.setTransform(scale, 0, 0, scale, 0, 0);
  return to;
}

/** Runs as lines across the axes: those that are shown in their colours, over the others. */
export function paintLines(to: CanvasRenderingContext2D, axes: Axis[], colours: string[], shown: number[], drawn: Drawn, ink: Ink): void {
  const isShown = new Set(shown);
  to.lineJoin = "round";
  to.lineWidth = 1;
  to.strokeStyle = ink.line;
  to.globalAlpha = 0.16;
  if (shown.length < colours.length) {
    to.beginPath();
    for (let run = 0; run < colours.length; run++) {
      if (!isShown.has(run)) {
        trace(to, axes, run, drawn);
      }
    }

    to.stroke();
  }

  to.globalAlpha = shown.length > 400 ? 0.45 : shown.length > 100 ? 0.65 : 0.85;
  to.lineWidth = shown.length > 400 ? 1 : 1.4;
  for (const run of shown) {
    to.strokeStyle = colours[run] ?? ink.quiet;
    to.beginPath();
    trace(to, axes, run, drawn);
    to.stroke();
  }

  to.globalAlpha = 1;
}

/** One run, over all others, with its values beside the axes. */
export function paintMarked(to: CanvasRenderingContext2D, axes: Axis[], run: number, colour: string, drawn: Drawn, ink: Ink): void {
  to.lineWidth = 5;
  to.strokeStyle = ink.paper;
  to.beginPath();
  trace(to, axes, run, drawn);
  to.stroke();
  to.lineWidth = 2.6;
  to.strokeStyle = colour;
  to.beginPath();
  trace(to, axes, run, drawn);
  to.stroke();
  to.font = `600 12px ${ink.font}`;
  to.textBaseline = "middle";
  axes.forEach((axis, at) => {
    const x = drawn.xs[at] ?? 0;
    const y = heightOf(axis, run, drawn);
    to.fillStyle = colour;
    to.beginPath();
    to.arc(x, y, 4, 0, 2 * Math.PI);
    to.fill();
    boxed(to, cut(axis.texts[run] ?? "none"), x + 8, y, ink);
  });
}

export function paintAxes(to: CanvasRenderingContext2D, axes: Axis[], drawn: Drawn, ink: Ink): void {
  to.font = `11px ${ink.font}`;
  to.textBaseline = "middle";
  to.textAlign = "right";
  axes.forEach((axis, at) => {
    const x = Math.round(drawn.xs[at] ?? 0) + 0.5;
    to.strokeStyle = ink.line;
    to.lineWidth = 1;
    to.beginPath();
    to.moveTo(x, drawn.top);
    to.lineTo(x, drawn.bottom);
    for (const tick of axis.ticks) {
      const y = Math.round(drawn.bottom - tick.place * (drawn.bottom - drawn.top)) + 0.5;
      to.moveTo(x - tickLength, y);
      to.lineTo(x, y);
    }

    to.stroke();
    for (const tick of axis.ticks) {
      haloed(to, cut(tick.text), x - tickLength - 3, drawn.bottom - tick.place * (drawn.bottom - drawn.top), ink);
    }

    if (axis.places.includes(undefined)) {
      haloed(to, "none", x - tickLength - 3, drawn.none, ink);
    }
  });
  to.textAlign = "left";
}

function trace(to: CanvasRenderingContext2D, axes: Axis[], run: number, drawn: Drawn): void {
  axes.forEach((axis, at) => {
    const [x, y] = [drawn.xs[at] ?? 0, heightOf(axis, run, drawn)];
    if (at === 0) {
      to.moveTo(x, y);
    } else {
      to.lineTo(x, y);
    }
  });
}

/** A text that can be read over lines. */
export function haloed(to: CanvasRenderingContext2D, text: string, x: number, y: number, ink: Ink): void {
  to.lineWidth = 3;
  to.strokeStyle = ink.paper;
  to.strokeText(text, x, y);
  to.fillStyle = ink.quiet;
  to.fillText(text, x, y);
}

function boxed(to: CanvasRenderingContext2D, text: string, x: number, y: number, ink: Ink): void {
  const width = to.measureText(text).width;
  to.globalAlpha = 0.88;
  to.fillStyle = ink.paper;
  to.fillRect(x - 3, y - 9, width + 6, 18);
  to.globalAlpha = 1;
  to.fillStyle = ink.ink;
  to.fillText(text, x, y);
}

const mostSigns = 16;

function cut(text: string): string {
  return text.length > mostSigns ? `${text.slice(0, mostSigns - 1)}…` : text;
}
