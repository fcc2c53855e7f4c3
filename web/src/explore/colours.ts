import { style } from "../chart/palette.ts";
import type { Axis } from "./axes.ts";

/** From the low end to the high end: lightness and hue both change, and each step is seen on its paper. */
const light = ["#3b1f8f", "#23669d", "#178a73", "#5f9a1b", "#c27a00"];
const dark = ["#8f83ff", "#57a8e8", "#3fc9a0", "#a5d84b", "#ffd24a"];

export function stops(isDark: boolean): string[] {
  return isDark ? dark : light;
}

/** What is without a value on the axis of colours. */
export function plainColour(isDark: boolean): string {
  return isDark ? "#7d8794" : "#7a838e";
}

/** The colour of each run. Words have one each, by their order. */
export function coloursOf(axis: Axis | undefined, count: number, isDark: boolean): string[] {
  return Array.from({ length: count }, (_, run) => {
    const place = axis?.places[run];
    return !axis || place === undefined ? plainColour(isDark) : axis.domain ? mixed(place, stops(isDark)) : style(axis.words.indexOf(axis.texts[run] ?? ""), isDark).colour;
  });
}

function mixed(place: number, colours: string[]): string {
  const at = Math.min(1, Math.max(0, place)) * (colours.length - 1);
  const first = Math.min(colours.length - 2, Math.floor(at));
  const [from, to] = [channels(colours[first] ?? ""), channels(colours[first + 1] ?? "")];
  return `rgb(${from.map((channel, index) => Math.round(channel + ((to[index] ?? 0) - channel) * (at - first))).join(" ")})`;
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
