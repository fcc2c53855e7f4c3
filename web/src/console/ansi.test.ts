import { expect, test } from "vitest";
import { spansOf } from "./ansi.ts";

const esc = "\u001b";

test("colours are styles, and end where they end", () => {
  expect(spansOf(`a ${esc}[1;31mred${esc}[0m b`)).toEqual([
    { text: "a ", look: "" },
    { text: "red", look: "fg1 bold" },
    { text: " b", look: "" },
  ]);
});

test("a progress bar is what it said last", () => {
  expect(spansOf("1%\r 50%\r100%\r")).toEqual([{ text: "100%", look: "" }]);
});

test("what moves a cursor or names a window is nothing", () => {
  expect(spansOf(`${esc}[2K${esc}]0;title\u0007x${esc}(B`)).toEqual([{ text: "x", look: "" }]);
});

test("of many colours those with names are kept", () => {
  expect(spansOf(`${esc}[38;5;2mg${esc}[38;2;1;2;3mh`)).toEqual([
    { text: "g", look: "fg2" },
    { text: "h", look: "" },
  ]);
});
