import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import Markdown from "./Markdown.tsx";
import { safeAddress } from "./markdown.ts";

const shown = (text: string) => renderToStaticMarkup(<Markdown text={text} />);

test("what people write in notes is laid out", () => {
  const html = shown("# Best\n\nSo **far**: `lr=0.1`, _see_ [the paper](https://arxiv.org/abs/1)\n\n1. one\n2. two\n\n- [x] done\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n");
  for (const part of ['<h3 class="depth-1">Best</h3>', "<strong>far</strong>", "<code>lr=0.1</code>", "<em>see</em>", '<a href="https://arxiv.org/abs/1" rel="noreferrer nofollow">the paper</a>', "<li>two</li>", 'checked=""', '<td class="number">2</td>']) {
    expect(html).toContain(part);
  }
});

test("markup is text, in blocks and in lines", () => {
  const html = shown("<script>alert(1)</script>\n\nand <img src=x onerror=alert(1)> here &amp; &lt;b&gt;");
  expect(html).not.toMatch(/<(script|img|b)\b/);
  expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(html).toContain("&amp; &lt;b&gt;");
});

test("links lead to pages only, however their address is written", () => {
  const refused = ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)", "data:text/html,x", "vbscript:x", "//elsewhere.org"];
  expect(refused.filter((href) => safeAddress(href) !== undefined)).toEqual([]);
  expect(shown("[x](javascript:alert(1)) ![i](data:text/html,y)")).not.toContain("<a");
  expect([safeAddress("/runs/1"), safeAddress("#a"), safeAddress("mailto:a@b.c"), safeAddress("http://a.b")]).toEqual(["/runs/1", "#a", "mailto:a@b.c", "http://a.b"]);
});

test("a picture is a link: a page asks nobody but its server for anything", () => {
  expect(shown("![a graph](https://elsewhere.org/x.png)")).toContain('<a href="https://elsewhere.org/x.png" rel="noreferrer nofollow">a graph</a>');
});

test("what cannot be read is shown as it is", () => {
  expect(shown("x".repeat(300_000))).toMatch(/^<pre class="block">x/);
});
