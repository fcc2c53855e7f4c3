import { expect, inject, test } from "vitest";
import { MLflow, post } from "./mlflow.ts";
import { picture, useBrowser, visit } from "./page.ts";

useBrowser();

const open = (tab = "") => `/runs/${inject("seeded").full}${tab}`;

test("a run says what it is: id, times, parameters, last values", async () => {
  await visit(open(), async (page) => {
    await page.getByRole("heading", { name: "resnet-18, warm restart" }).waitFor();
    await page.getByRole("row", { name: /train\/loss/ }).waitFor();
    await picture(page, "run");
    await page.keyboard.press("6");
    await page.waitForURL("**/configuration");
    await page.getByRole("cell", { name: "adam" }).waitFor();
  });
});

test.each([false, true])("curves are drawn as the address says, and dragging asks for the detail (dark: %s)", async (dark) => {
  await visit(
    open("/scalars?smooth=0.8"),
    async (page) => {
      const card = page.getByRole("region", { name: "train/loss" });
      await card.locator("canvas").waitFor();
      // What is above may still grow, and move the chart away from the pointer.
      const over = async (x: number, y: number, steps = 1) => {
        const box = await card.locator(".u-over").boundingBox();
        await page.mouse.move((box?.x ?? 0) + x, (box?.y ?? 0) + y, { steps });
      };
      await expect.poll(() => over(200, 40).then(() => card.getByText(/\(.+ … .+\)/).count())).toBe(1);
      await picture(page, dark ? "scalars-dark" : "scalars");
      const detail = page.waitForRequest((request) => /key=train%2Floss.*from=\d+.*to=\d+/.test(request.url()));
      const select = async () => {
        await over(20, 60);
        await page.mouse.down();
        await over(60, 60, 4);
        return (await card.locator(".u-select").boundingBox())?.width ?? 0;
      };
      await expect.poll(select).toBeGreaterThan(30);
      await page.mouse.up();
      await detail;
      expect(page.url()).toMatch(/x=[\d.]+\.\.[\d.]+/);
      await page.getByRole("button", { name: "Show all of x" }).click();
    },
    { dark },
  );
});

test("what is logged while one looks is seen within two seconds", async () => {
  const { running } = inject("seeded");
  const mlflow = new MLflow(inject("doors").mlflow);
  await visit(`/runs/${running}`, async (page) => {
    await page.getByRole("row", { name: /ctc\/loss 3.1/ }).waitFor();
    const start = performance.now();
    await mlflow.log(running, { metrics: { "ctc/loss": 2.5 } }, 1);
    await page.getByRole("row", { name: /ctc\/loss 2.5/ }).waitFor();
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

test("a console follows links to lines, finds texts, and shows colours and progress bars as a terminal does", async () => {
  await visit(open("/console"), async (page) => {
    const lines = page.getByRole("log");
    await lines.getByText("<script>alert(1)</script>").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("gradient norm");
    await page.getByText("1 found").waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL("**line=1235**");
    await lines.locator(".fg1", { hasText: "113.7 was clipped" }).waitFor();
    await picture(page, "console");
    const address = page.url();
    await page.goto(address.replace("q=gradient+norm&", ""));
    await lines.locator(".at", { hasText: "113.7" }).waitFor();
    await page.goto(address.replace(/\?.*/, "?line=100"));
    await lines.getByText("epoch 1", { exact: false }).first().waitFor();
    expect(await lines.innerText()).not.toContain("10%|#  ");
  });
});

test("logged pages and drawings are shown, and nothing in them runs", async () => {
  await visit(
    open("/artifacts?file=report.html"),
    async (page) => {
      const frame = page.frameLocator("iframe");
      await frame.getByRole("heading", { name: "Report" }).waitFor();
      await page.getByRole("link", { name: "drawing.svg" }).click();
      await page.getByRole("img", { name: "drawing.svg" }).waitFor();
      await picture(page, "artifacts");
      await page.getByRole("link", { name: "paper.pdf" }).click();
      await page.getByText("Warm restarts", { exact: true }).waitFor({ state: "attached" });
      await page.getByRole("img", { name: "Page 1" }).locator("canvas").waitFor();
      await picture(page, "pdf");
      await page.getByRole("link", { name: "notes" }).click();
      await page.getByRole("link", { name: "plan.md" }).click();
      await page.getByRole("listitem").filter({ hasText: /^train longer$/ }).waitFor();
      await page.getByRole("link", { name: "config.json" }).click();
      await page.getByText("widths:").waitFor();
      expect(await page.title()).toContain("resnet-18");
    },
    { blocksScripts: true },
  );
});

test("a logged page that is opened by itself has no script, no origin and no network", async () => {
  const answer = await fetch(`${inject("doors").web}/api${open("/files/report.html")}`);
  const policy = answer.headers.get("content-security-policy");
  expect(policy).toContain("sandbox;");
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain("script-src");
});

test("a run says how it was configured, which models it read, in what it ran, and what its machine did", async () => {
  const { clearml, mlflow } = inject("doors");
  const model = await post<{ data: { id: string } }>(`${clearml}/models.create`, { name: "backbone", uri: "https://models.example.org/backbone.pt", framework: "PyTorch" });
  const made = await post<{ data: { id: string } }>(`${clearml}/tasks.create`, {
    name: "configured",
    type: "training",
    configuration: { net: { name: "net", type: "dictionary", value: "depth = 18\nname = \"<img src=x onerror=alert(1)>\"\n" } },
    models: { input: [{ name: "start", model: model.data.id }] },
    runtime: { hostname: "node-7", gpu_count: 2, gpu_type: "H100" },
    script: { requirements: { pip: "torch==2.4.1\nnumpy==2.1" } },
  });
  const run = made.data.id;
  await new MLflow(mlflow).log(run, { params: { depth: "deep" }, metrics: { loss: 1, "system/cpu_utilization_percentage": 50 } });
  await visit(`/runs/${run}/configuration?q=depth`, async (page) => {
    await page.getByRole("row", { name: "depth 18" }).waitFor();
    expect(await page.getByText("<img src=x").count()).toBe(0);
    await page.getByRole("searchbox", { name: "Search parameters" }).fill("");
    await page.getByRole("row", { name: "name <img src=x onerror=alert(1)>" }).waitFor();
    await page.getByRole("heading", { name: "configured" }).click();
    await page.keyboard.press("8");
    await page.getByRole("region", { name: "Read" }).getByRole("link", { name: "start" }).waitFor();
    await picture(page, "run-models");
    await page.getByRole("link", { name: "Environment" }).click();
    await page.getByRole("row", { name: "GPUs 2 × H100" }).waitFor();
    await page.getByRole("row", { name: "torch 2.4.1" }).waitFor();
    await page.getByRole("link", { name: "Resources" }).click();
    await page.getByRole("region", { name: "system/cpu_utilization_percentage" }).locator("canvas").waitFor();
    await page.keyboard.press("2");
    await page.getByRole("region", { name: "loss" }).locator("canvas").waitFor();
    expect(await page.getByRole("region", { name: /^system/ }).count()).toBe(0);
  });
});

test("a run that is not there is said so", async () => {
  await visit(
    "/runs/00000000000040008000000000000000",
    async (page) => {
      await page.getByRole("alert").getByText("there is no run").waitFor();
    },
    { refuses: true },
  );
});
