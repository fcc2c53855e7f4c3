import { expect, test } from "vitest";
import type { Line } from "./plot.ts";
import { svgOf, type SvgLook } from "./svg.ts";

const look: SvgLook = { title: "loss", axis: "step", isLog: false, smoothing: 0, zoom: undefined };
const line = (label: string, number: number, y: (number | null)[]): Line => ({ label, number, x: y.map((_, at) => at * 10), y });
const curves = (svg: string) => [...svg.matchAll(/<path d="([^"]*)" fill="none" stroke="#[0-9a-f]{6}" stroke-width/g)].map(([, path]) => path);

test("a curve goes from corner to corner, and a gap in it stays one line", () => {
  expect(curves(svgOf([line("a", 0, [0, null, 10])], look))).toEqual(["M66 326L624 40"]);
});

test("several curves have a legend with their last values, in their colours and dashes", () => {
  const svg = svgOf([line("one", 0, [1, 2]), line("two", 8, [3, 4])], look);
  expect(svg).toContain(">one: 2</text>");
  expect(svg).toContain(">two: 4</text>");
  expect(svg.match(/stroke-dasharray="6 4"/g)).toHaveLength(2);
});

test("what is zoomed away is not drawn, and what is left fills the frame", () => {
  expect(curves(svgOf([line("a", 0, [100, 1, 2, 100])], { ...look, zoom: [10, 20] }))).toEqual(["M66 326L624 40"]);
});

test("a logarithmic one leaves out what is not positive", () => {
  expect(curves(svgOf([line("a", 0, [-1, 1, 10, 100])], { ...look, isLog: true }))).toEqual(["M252 326L438 183L624 40"]);
});

test("names are text, whatever is in them", () => {
  const svg = svgOf([line('<script>"&', 0, [1]), line("b", 1, [2])], { ...look, title: "</title><script>" });
  expect(svg).not.toContain("<script>");
  expect(svg).toContain("&lt;script&gt;&quot;&amp;");
});

test("nothing at all is an empty frame", () => {
  expect(svgOf([], look)).toContain("</svg>");
});
