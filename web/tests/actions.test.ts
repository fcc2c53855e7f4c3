import { expect, inject, test } from "vitest";
import { MLflow } from "./mlflow.ts";
import { picture, useBrowser, visit } from "./page.ts";
import { hostile } from "./reports.ts";

useBrowser();

async function runs(project: string, ...names: string[]): Promise<string[]> {
  const mlflow = new MLflow(inject("doors").mlflow);
  const experiment = await mlflow.experiment(project);
  const made: string[] = [];
  for (const name of names) {
    const run = await mlflow.run(experiment, name, Date.now());
    await mlflow.log(run, { params: { lr: "0.1", depth: "3" } });
    made.push(run);
  }

  return made;
}

test("a run is renamed, noted, cloned with another parameter into a queue, and stopped, by keys", async () => {
  const [run] = await runs("actions/one", "first");
  await visit(`/runs/${run}`, async (page) => {
    await page.getByRole("heading", { name: "first" }).waitFor();
    await page.keyboard.press("e");
    await page.getByRole("textbox", { name: "Name" }).fill("renamed");
    await page.getByRole("textbox", { name: "Note" }).fill(`Look **here**: ${hostile}`);
    await page.getByRole("textbox", { name: "Tags" }).fill("stage = final");
    await picture(page, "edit");
    await page.getByRole("button", { name: "Save" }).press("Enter");
    await page.getByRole("heading", { name: "renamed" }).waitFor();
    await page.getByRole("region", { name: "Note" }).getByText(`Look here: ${hostile}`).waitFor();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("stopped by").waitFor();

    await page.keyboard.press("d");
    await page.getByRole("textbox", { name: "lr" }).fill("0.7");
    await page.getByRole("combobox", { name: "Queue" }).selectOption("gpu");
    await picture(page, "clone");
    await page.getByRole("button", { name: "Clone and enqueue" }).click();
    await page.getByRole("heading", { name: "renamed (copy)" }).waitFor();
    await page.getByText("◷ queued").waitFor();
    await page.getByRole("link", { name: "Configuration" }).click();
    await page.getByRole("cell", { name: "0.7" }).waitFor();
  });
});

test("selected runs are archived, restored, and deleted once their number is typed", async () => {
  await runs("actions/many", "a", "b", "c");
  await visit("/runs?project=actions/many&sort=name", async (page) => {
    await page.getByRole("link", { name: "a", exact: true }).waitFor();
    for (const key of ["x", "j", "x", "e"]) {
      await page.keyboard.press(key);
    }

    const link = (name: string) => page.getByRole("link", { name, exact: true });
    await link("b").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Archived" }).click();
    await link("a").waitFor();
    await page.getByRole("checkbox", { name: "Select a" }).check();
    await page.keyboard.press("e");
    await link("a").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Archived" }).click();
    await link("c").waitFor();
    await page.getByRole("checkbox", { name: "Select a" }).check();
    await page.getByRole("checkbox", { name: "Select c" }).check();
    await page.keyboard.press("#");
    const dialog = page.getByRole("dialog", { name: "Delete 2 runs" });
    const button = dialog.getByRole("button", { name: "Delete" });
    expect(await button.isDisabled()).toBe(true);
    await page.keyboard.type("2");
    await picture(page, "delete");
    await page.keyboard.press("Enter");
    await page.getByText("No run matches").waitFor();
  });
});
