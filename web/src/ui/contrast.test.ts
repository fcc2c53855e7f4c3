import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync(new URL("./base.css", import.meta.url), "utf8");
const colours = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name, light, dark]) => [name ?? "", [light ?? "", dark ?? ""]]),
);

/** Relative luminance, as WCAG 2 defines it. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string, theme: number): number {
  const [a, b] = [one, other].map((name) => luminance(colours.get(name)?.[theme] ?? "#000000")) as [number, number];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const inks = ["ink", "quiet", "accent", "good", "bad", "warm"];
const papers = ["paper", "raised", "hover", "chosen"];

test.each([
  ["light", 0],
  ["dark", 1],
])("every ink can be read on every paper (%s)", (_, theme) => {
  const weak = inks.flatMap((ink) => papers.filter((paper) => contrast(ink, paper, theme) < 4.5).map((paper) => `${ink} on ${paper}`));
  expect(weak).toEqual([]);
});

test.each([
  ["light", 0],
  ["dark", 1],
])("the edges of fields and buttons can be seen (%s)", (_, theme) => {
  expect(contrast("edge", "paper", theme)).toBeGreaterThan(3);
});
