import { expect, inject, test } from "vitest";
import { picture, useBrowser, visit } from "./page.ts";
import { registerVersions } from "./registered.ts";

useBrowser();

const odd = "<img src=x onerror=alert(1)>";

test("a model is found by name, its alias moved, and it tells how to make it again", async () => {
  const runs = await registerVersions(inject("doors"), inject("seeded"), "digits", odd);
  await visit("/models", async (page) => {
    await page.getByText(odd).waitFor();
    await picture(page, "models");
    await page.keyboard.press("/");
    await page.keyboard.type("digi");
    await page.waitForURL("**/models?q=digi");
    await page.getByRole("link", { name: "digits", exact: true }).click();
    for (const version of [1, 2]) {
      await page.getByRole("button", { name: `Set an alias of version ${version}` }).click();
      await page.keyboard.type("champion");
      await page.keyboard.press("Enter");
      await page.getByRole("row", { name: new RegExp(`v${version}.*@champion`) }).waitFor();
    }

    await picture(page, "model-name");
    await page.getByRole("link", { name: "v2" }).click();
    await page.getByText("@champion").first().waitFor();
    await page.getByText("git checkout c0ffee").waitFor();
    await page.getByLabel("Stage").selectOption("production");
    await page.getByRole("link", { name: "sweep-01" }).waitFor();
    await picture(page, "model");
    await page.keyboard.press("2");
    await page.getByRole("link", { name: "MLmodel" }).click();
    await page.getByText("flavors: {}").waitFor();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("digits");
    await page.getByRole("option", { name: /model digits v1/ }).waitFor();
  });
  const api = `${inject("doors").mlflow}/api/2.0/mlflow`;
  const alias = (await (await fetch(`${api}/registered-models/alias?name=digits&alias=champion`)).json()) as { model_version: { run_id: string; current_stage: string } };
  expect([alias.model_version.run_id, alias.model_version.current_stage]).toEqual([runs[1], "Production"]);
});
