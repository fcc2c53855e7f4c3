import { expect, inject, test } from "vitest";
import { hostile } from "./reports.ts";
import { picture, useBrowser, visit } from "./page.ts";

useBrowser();

const open = (tab: string) => `/runs/${inject("seeded").reported}/${tab}`;

test.each([false, true])("figures are drawn in a frame without an origin, an older iteration when asked for, and nothing in them runs (dark: %s)", async (dark) => {
  await visit(
    open("plots"),
    async (page) => {
      const frame = page.frameLocator("iframe[title=Plots]");
      await frame.locator("section", { hasText: "confusion / val" }).getByText("road").first().waitFor();
      await frame.getByRole("slider", { name: "Iteration of confusion / val" }).press("ArrowLeft");
      await frame.getByText("iteration 2").waitFor();
      await frame.locator("section", { hasText: "slices / table" }).getByText("night").first().waitFor();
      await picture(page, dark ? "plots-dark" : "plots");
      await page.getByRole("searchbox", { name: "Filter plots" }).fill("onerror");
      await page.getByText("1 of 5").waitFor();
      await frame.locator(".annotation").getByText(hostile).waitFor();
      expect(await page.title()).toContain("unet");
    },
    { dark },
  );
});

test("samples are looked at by iteration, and a page or a drawing among them runs nothing", async () => {
  await visit(
    open("samples"),
    async (page) => {
      const masks = page.getByRole("region", { name: "masks" });
      await masks.getByText("iteration 300").waitFor();
      await expect.poll(() => masks.getByRole("img", { name: "street" }).evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(48);
      await picture(page, "samples");
      await masks.getByRole("slider").press("ArrowLeft");
      await page.waitForURL("**/samples?iteration=200");
      await page.getByRole("button", { name: "Newest of each" }).click();
      await page.getByRole("button", { name: "Open page" }).click();
      await page.frameLocator("dialog iframe").getByRole("heading", { name: "Samples" }).waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: `Open ${hostile}` }).click();
      await page.getByRole("dialog").getByRole("img", { name: "drawing.svg" }).waitFor();
      expect(await page.title()).toContain("unet");
    },
    { blocksScripts: true },
  );
});

test("a console of several ranks shows the lines of one of them", async () => {
  await visit(open("console"), async (page) => {
    const lines = page.getByRole("log");
    await lines.getByText("rank 0: step 0").waitFor();
    await page.getByRole("combobox", { name: "Whose lines" }).selectOption("rank-1");
    await lines.getByText(hostile).waitFor();
    expect(await lines.innerText()).not.toContain("rank 0:");
    expect(page.url()).toContain("worker=rank-1");
  });
});
