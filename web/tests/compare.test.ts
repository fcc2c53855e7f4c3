import { expect, inject, test } from "vitest";
import { seedCompared } from "./compared.ts";
import { picture, useBrowser, visit } from "./page.ts";

useBrowser();

test("what differs is shown, what is equal only when asked for", async () => {
  const { sweep, full } = inject("seeded");
  const address = `/compare?${[full, ...sweep.slice(0, 4)].map((id) => `run=${id}`).join("&")}`;
  await visit(address, async (page) => {
    await page.getByRole("row", { name: /^optimizer/ }).waitFor();
    expect(await page.getByRole("row", { name: /^Project/ }).count()).toBe(0);
    await picture(page, "compare");
    await page.getByRole("checkbox", { name: "Show rows that are equal" }).click();
    await page.getByRole("row", { name: /^Project/ }).waitFor();
  });
});

test("curves of several runs lie over each other", async () => {
  const { sweep, full } = inject("seeded");
  await visit(`/compare?run=${full}&run=${sweep[3]}&show=curves&key=accuracy`, async (page) => {
    await page.getByRole("region", { name: "accuracy" }).locator("canvas").waitFor();
    await picture(page, "compare-curves");
  });
});

test("of two runs the files that they read and the code that is in no commit are compared line by line", async () => {
  const { read, coded } = await seedCompared(inject("doors"));
  await visit(`/compare?${[...read, ...coded].map((id) => `run=${id}`).join("&")}`, async (page) => {
    await page.getByRole("row", { name: /plates default\/plates@.* content 1 default\/plates@.* content 2/ }).waitFor();
    await page.getByRole("row", { name: "net/depth – – 18 34" }).waitFor();
    await page.getByRole("row", { name: "GPUs – – 1 × H100 1 × H100" }).waitFor();
    await page.keyboard.press("3");
    const files = page.getByRole("region", { name: "plates" });
    await files.getByText("1 added, 2 changed, 0 removed").waitFor();
    await files.getByRole("button", { name: "/stars.csv" }).click();
    await files.locator(".added", { hasText: "9,2.5" }).waitFor();
    await picture(page, "compare-files");
    await files.getByRole("button", { name: "/<img src=x>.txt" }).click();
    await files.locator(".removed", { hasText: "old" }).waitFor();
    await page.keyboard.press("4");
    await page.getByRole("combobox", { name: "From" }).selectOption({ label: "fit, by hand" });
    await page.getByRole("combobox", { name: "To" }).selectOption({ label: "fit, by steps" });
    await page.getByRole("region", { name: "Not committed" }).locator(".added", { hasText: "rate = 0.3" }).waitFor();
    await page.getByText("1 the same in both").waitFor();
    await page.getByRole("region", { name: "Configuration" }).locator(".removed", { hasText: "depth = 18" }).waitFor();
    await picture(page, "compare-code");
  });
});

test("one run is no comparison", async () => {
  await visit(`/compare?run=${inject("seeded").full}`, async (page) => {
    await page.getByRole("heading", { name: "Nothing to compare" }).waitFor();
  });
});
