import { short } from "../ui/number.ts";
import { moment } from "../ui/time.ts";
import { style } from "./palette.ts";
import { xText, type Axis, type Line } from "./plot.ts";
import { smooth } from "./smooth.ts";
import { linearTicks, logTicks } from "./ticks.ts";

const width = 640;
const height = 360;
const frame = { left: 66, right: 16, top: 40, bottom: 34 };
const lineHeight = 16;
/** A browser keeps a picture in its memory: finer points than these are no more to be seen in it. */
const digits = 1;

export interface SvgLook {
  title: string;
  axis: Axis;
  isLog: boolean;
  smoothing: number;
  /** From where to where; undefined for all. */
  zoom: [number, number] | undefined;
}

/** Curves as a drawing that prints at any size: axes, lines in their colours and dashes, and a legend with names and last values. */
export function svgOf(lines: Line[], look: SvgLook): string {
  const drawn = lines.map((line) => ({ ...line, y: look.smoothing > 0 ? smooth(line.y, look.smoothing) : line.y }));
  const scale = scaleOf(drawn, look);
  const legend = lines.length > 1 ? drawn : [];
  const total = height + legend.length * lineHeight;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}" font-family="system-ui, sans-serif" font-size="11">`,
    `<title>${escaped(look.title)}</title>`,
    `<rect width="${width}" height="${total}" fill="#ffffff"/>`,
    `<text x="12" y="22" font-size="13" font-weight="600" fill="#1a1f26">${escaped(look.title)}</text>`,
    ...axes(scale, look),
    ...drawn.map((line) => curve(line, scale)),
    ...legend.map((line, at) => entry(line, height + at * lineHeight)),
    "</svg>",
  ].join("\n");
}

interface Scale {
  x: (value: number) => number;
  y: (value: number) => number | undefined;
  xs: [number, number];
  ys: [number, number];
}

function scaleOf(lines: Line[], { isLog, zoom }: SvgLook): Scale {
  const isIn = (x: number) => !zoom || (x >= zoom[0] && x <= zoom[1]);
  const xs = zoom ?? extent(lines.flatMap((line) => line.x));
  const ys = extent(lines.flatMap((line) => line.y.filter((y, at): y is number => y !== null && isIn(line.x[at] ?? 0) && (!isLog || y > 0))));
  const map = isLog ? Math.log : (value: number) => value;
  const [low, high] = [map(ys[0]), map(ys[1])];
  const share = (value: number, from: number, to: number) => (from === to ? 0.5 : (value - from) / (to - from));
  return {
    xs,
    ys,
    x: (value) => frame.left + share(value, xs[0], xs[1]) * (width - frame.left - frame.right),
    y: (value) => (isLog && value <= 0 ? undefined : height - frame.bottom - share(map(value), low, high) * (height - frame.top - frame.bottom)),
  };
}

function axes({ x, y, xs, ys }: Scale, { axis, isLog }: SvgLook): string[] {
  const bottom = height - frame.bottom;
  const across = linearTicks(xs).map((tick) => {
    const at = rounded(x(tick));
    return `<path d="M${at} ${frame.top}V${bottom}" stroke="#e7ebef"/><text x="${at}" y="${bottom + 16}" text-anchor="middle" fill="#57606c">${escaped(axis === "wall" ? moment(tick * 1000).slice(5, 16) : xText(tick, axis))}</text>`;
  });
  const up = (isLog ? logTicks(ys) : linearTicks(ys)).map((tick) => {
    const at = rounded(y(tick) ?? 0);
    return `<path d="M${frame.left} ${at}H${width - frame.right}" stroke="#e7ebef"/><text x="${frame.left - 8}" y="${at + 4}" text-anchor="end" fill="#57606c">${short(tick)}</text>`;
  });
  return [...across, ...up, `<path d="M${frame.left} ${frame.top}V${bottom}H${width - frame.right}" fill="none" stroke="#8c95a0"/>`];
}

/** A gap is a new beginning; one point alone is a dot. */
function curve(line: Line, { x, y, xs }: Scale): string {
  const { colour, dash } = style(line.number, false);
  let path = "";
  let isDown = false;
  line.x.forEach((at, index) => {
    const value = line.y[index];
    const height = value === null || value === undefined ? undefined : y(value);
    if (at >= xs[0] && at <= xs[1] && height !== undefined) {
      path += `${isDown ? "L" : "M"}${rounded(x(at))} ${rounded(height)}`;
      isDown = true;
    } else {
      isDown &&= value === null;
    }
  });
  const end = line.x.length === 1 ? "h0" : "";
  return `<path d="${path}${end}" fill="none" stroke="${colour}" stroke-width="${end ? 5 : 1.5}" stroke-linecap="round" stroke-linejoin="round"${dash.length > 0 ? ` stroke-dasharray="${dash.join(" ")}"` : ""}/>`;
}

function entry(line: Line, y: number): string {
  const { colour, dash } = style(line.number, false);
  const last = line.y.findLast((value) => value !== null);
  const value = last === undefined || last === null ? "" : `: ${short(last)}`;
  return `<path d="M${frame.left} ${y + 4}h22" stroke="${colour}" stroke-width="2.5"${dash.length > 0 ? ` stroke-dasharray="${dash.join(" ")}"` : ""}/><text x="${frame.left + 30}" y="${y + 8}" fill="#1a1f26">${escaped(line.label + value)}</text>`;
}

function extent(values: number[]): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }

  return low <= high ? [low, high] : [0, 1];
}

function rounded(value: number): number {
  return Number(value.toFixed(digits));
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
