import { beforeAll, expect, inject, test } from "vitest";
import { MLflow } from "./mlflow.ts";
import { picture, useBrowser, visit } from "./page.ts";

useBrowser();

const markup = "<img src=x onerror=alert(1)>";

beforeAll(async () => {
  const mlflow = new MLflow(inject("doors").mlflow);
  const search = await mlflow.experiment("search");
  for (const [at, optimizer] of ["adam", markup, "sgd"].entries()) {
    const run = await mlflow.run(search, `${markup} ${at}`, Date.UTC(2026, 0, 7));
    await mlflow.log(run, { params: { lr: `0.${"0".repeat(at)}1`, optimizer }, metrics: { accuracy: 0.7 + at / 10, "system/cpu": at } });
  }
});

test("what the table is narrowed to is explored: axes are brushed by keys and by dragging, and a key opens a run", async () => {
  await visit("/runs?project=search&filter=metrics.accuracy > 0.1", async (page) => {
    await page.getByRole("link", { name: `${markup} 2` }).waitFor();
    await page.keyboard.press("o");
    const standing = page.getByRole("status").filter({ hasText: "runs" });
    await standing.getByText("3 of 3").waitFor();
    expect(await page.getByRole("group", { name: "system/cpu" }).count()).toBe(0);
    await page.getByRole("button", { name: "Logarithmic lr" }).click();
    await page.waitForURL(/log=params.lr/);
    const low = page.getByRole("slider", { name: "accuracy, low end" });
    await low.press("ArrowUp");
    await standing.getByText("2 of 3").waitFor();
    expect(await low.getAttribute("aria-valuetext")).toBe("0.704");
    const sheet = (await page.getByRole("img", { name: /runs across/ }).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const top = (await page.getByRole("slider", { name: "lr, high end" }).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.move(top.x + top.width / 2, sheet.y + sheet.height * 0.3);
    await page.mouse.down();
    await page.mouse.move(top.x + top.width / 2, sheet.y + sheet.height * 0.7, { steps: 3 });
    await page.mouse.up();
    await standing.getByText("1 of 3").waitFor();
    await page.keyboard.press("j");
    await page.getByRole("complementary").getByText(markup, { exact: true }).waitFor();
    await picture(page, "explore");
    await page.keyboard.press("2");
    await page.getByRole("img", { name: "1 runs, accuracy over lr" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: `${markup} 1` }).waitFor();
  });
});
