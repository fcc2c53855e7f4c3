import type { Page } from "playwright-core";
import type { Shown } from "./shown.ts";

/** A page whose picture docs/guide/web.md shows. */
export interface PicturedPage {
  /** The picture's name in docs/guide/pictures. */
  name: string;
  path: (shown: Shown) => string;
  /** Resolves when all of the page is there. */
  isReady: (page: Page) => Promise<unknown>;
  /** Before the picture is taken. */
  act?: (page: Page) => Promise<unknown>;
  isDark?: boolean;
  /** 800 unless said. */
  height?: number;
}

const runColumns = "col=status&col=name&col=metrics.accuracy&col=max.slices/class-3&col=params.lr&col=params.optimizer&col=started&col=took";

/** In the order of the guide. */
export const pages: PicturedPage[] = [
  { name: "home", height: 720, path: () => "/", isReady: (page) => page.getByRole("region", { name: "Ended last" }).getByRole("link").nth(3).waitFor() },
  {
    name: "runs",
    path: () => `/runs?project=vision/digits&sort=-metrics.accuracy&${runColumns}`,
    isReady: (page) => page.getByText("sweep-59").waitFor(),
    height: 560,
    act: async (page) => {
      for (const key of ["x", "j", "x"]) {
        await page.keyboard.press(key);
      }
    },
  },
  { name: "run", path: ({ full }) => `/runs/${full}`, isReady: (page) => page.getByRole("row", { name: /train\/loss/ }).waitFor() },
  { name: "scalars", path: ({ full }) => `/runs/${full}/scalars?smooth=0.8`, isReady: (page) => page.locator("canvas").nth(3).waitFor() },
  {
    name: "plots",
    path: ({ reported }) => `/runs/${reported}/plots?plot=${encodeURIComponent("/confusion|precision|weights|slices/")}`,
    isReady: async (page) => {
      const frame = page.frameLocator("iframe[title=Plots]");
      await frame.locator("section", { hasText: "weights" }).locator(".barlayer").waitFor();
      await frame.getByText("night").first().waitFor();
    },
  },
  { name: "samples", path: ({ reported }) => `/runs/${reported}/samples?sample=masks`, isReady: (page) => page.getByText("iteration 300").waitFor() },
  { name: "console", path: ({ full }) => `/runs/${full}/console?line=1235`, isReady: (page) => page.locator(".console .at", { hasText: "113.7" }).waitFor(), isDark: true },
  {
    name: "configuration",
    path: ({ coded }) => `/runs/${coded[1]}/configuration`,
    isReady: (page) => page.getByRole("region", { name: "net" }).waitFor(),
    height: 600,
  },
  { name: "environment", path: ({ coded }) => `/runs/${coded[1]}/environment`, isReady: (page) => page.getByRole("row", { name: /torch/ }).waitFor(), height: 600 },
  { name: "resources", path: ({ full }) => `/runs/${full}/resources`, isReady: (page) => page.locator("canvas").nth(3).waitFor(), height: 640 },
  {
    name: "clone",
    path: ({ full }) => `/runs/${full}`,
    isReady: (page) => page.getByRole("row", { name: /train\/loss/ }).waitFor(),
    act: async (page) => {
      await page.keyboard.press("d");
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "compare",
    path: ({ sweep }) => `/compare?${sweep.slice(0, 4).map((run) => `run=${run}`).join("&")}`,
    isReady: (page) => page.getByRole("row", { name: /optimizer/ }).waitFor(),
  },
  {
    name: "compare-files",
    path: ({ read }) => `/compare?${read.map((run) => `run=${run}`).join("&")}&show=files&file=plates:/stars.csv`,
    isReady: (page) => page.locator(".added").first().waitFor(),
    height: 560,
  },
  {
    name: "explore",
    path: () => `/explore?project=vision/digits&filter=${encodeURIComponent("metrics.accuracy > 0.978")}&axis=params.lr&axis=params.optimizer&axis=metrics.slices/class-3&axis=metrics.accuracy&axis=metrics.loss&log=metrics.loss&colour=metrics.accuracy&from.metrics.slices/class-3=0.86&to.metrics.slices/class-3=0.95`,
    isReady: (page) => page.getByRole("status").getByText(/of 8 runs/).waitFor(),
    height: 470,
    act: async (page) => {
      await page.keyboard.press("j");
      await page.getByRole("complementary").getByRole("heading").waitFor();
    },
  },
  { name: "data", path: () => "/data", isReady: (page) => page.getByRole("link", { name: "photos" }).waitFor(), height: 480 },
  { name: "repo", path: () => "/data/default/photos", isReady: (page) => page.getByText("Labels looked at again").first().waitFor(), height: 600 },
  {
    name: "files",
    path: ({ commits }) => `/data/default/photos/${commits.newest}/yard/003.svg`,
    isReady: (page) => page.getByRole("img", { name: /003/ }).or(page.locator("iframe")).first().waitFor(),
  },
  { name: "table", path: ({ commits }) => `/data/default/photos/${commits.newest}/labels.csv`, isReady: (page) => page.getByText("crane").first().waitFor() },
  {
    name: "changes",
    path: ({ commits }) => `/data/default/photos/${commits.newest}?view=changes&from=${commits.before}&file=/labels.csv`,
    isReady: (page) => page.getByText("labels.csv").first().waitFor(),
  },
  { name: "pipelines", path: () => "/pipelines", isReady: (page) => page.getByRole("link", { name: "edges, done" }).waitFor() },
  { name: "pipeline", path: () => "/pipelines/default/edges", isReady: (page) => page.getByRole("row").nth(1).waitFor(), height: 600 },
  { name: "spec", path: () => "/pipelines/default/edges/spec", isReady: (page) => page.getByText("glob").first().waitFor(), height: 640 },
  { name: "job", path: ({ job }) => `/jobs/default/edges/${job}`, isReady: (page) => page.getByRole("gridcell").first().waitFor() },
  { name: "models", path: () => "/models", isReady: (page) => page.getByRole("link", { name: "digits" }).first().waitFor(), height: 420 },
  { name: "model", path: ({ model }) => `/models/${model}`, isReady: (page) => page.getByText("git checkout c0ffee").waitFor() },
  { name: "quota", path: () => "/queues", isReady: (page) => page.getByText("robots").first().waitFor(), height: 600 },
  { name: "work", path: ({ waiting }) => `/queues/work?work=${waiting}`, isReady: (page) => page.getByText("The smallest change that would start it").waitFor(), height: 760 },
  { name: "queue", path: ({ queue }) => `/queues/lists?queue=${queue}`, isReady: (page) => page.getByText("label-001").waitFor(), height: 480 },
  { name: "machines", path: () => "/queues/machines", isReady: (page) => page.getByText("gpu-a").first().waitFor(), height: 480 },
  { name: "over-time", path: () => "/queues/history?past=3600", isReady: (page) => page.locator("canvas").first().waitFor(), height: 480 },
  { name: "storage", path: () => "/storage", isReady: (page) => page.getByText("files of runs").first().waitFor(), height: 640 },
  { name: "health", path: () => "/admin", isReady: (page) => page.getByText(/answers in/).waitFor(), height: 640 },
  { name: "people", path: () => "/admin/people", isReady: (page) => page.getByRole("row").nth(1).waitFor(), height: 420 },
  { name: "audit", path: () => "/admin/audit", isReady: (page) => page.getByRole("row").nth(5).waitFor(), height: 480 },
  { name: "settings", path: () => "/admin/settings", isReady: (page) => page.getByRole("row").nth(3).waitFor(), height: 640 },
];
