import { expect, test } from "vitest";
import { dataOf, layoutOf } from "./look.ts";

test("a figure's own size and paper give way to the card's", () => {
  const layout = layoutOf({ layout: { width: 2000, height: 9, paper_bgcolor: "red", bargap: 0 } }, "a", false);
  expect(layout).toMatchObject({ bargap: 0, autosize: true });
  expect(["width", "height", "paper_bgcolor"].filter((name) => name in layout)).toEqual([]);
});

test("a title that the card says is not said again", () => {
  expect(layoutOf({ layout: { title: { text: "val" } } }, "confusion / val", true).title).toBeUndefined();
  expect(layoutOf({ layout: { title: "epoch 3" } }, "confusion / val", true).title).toEqual({ text: "epoch 3" });
});

test("titles of axes are shown, however a client writes them", () => {
  const layout = layoutOf({ layout: { xaxis: { title: "step" }, yaxis2: { title: { text: "loss" } }, xaxis3: {} } }, "a", false);
  expect([layout.xaxis, layout.yaxis2, layout.xaxis3]).toEqual([{ title: { text: "step" } }, { title: { text: "loss" } }, {}]);
});

test("what is no figure draws nothing", () => {
  expect([dataOf({ data: "x" }), dataOf({}), layoutOf({ layout: [1] }, "", false).autosize]).toEqual([[], [], true]);
});
