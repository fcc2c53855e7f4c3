import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject } from "vitest";

const folder = process.env.BRAID_SCREENSHOTS;

let browser: Browser | undefined;

/** A browser for the tests of a file. */
export function useBrowser(): void {
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  });
  afterAll(async () => {
    await browser?.close();
  });
}

export interface Look {
  dark?: boolean;
  width?: number;
  height?: number;
  /** The server is expected to refuse something: browsers write that to the console as an error. */
  refuses?: boolean;
  /** Another server than that of all tests. */
  server?: string;
  /** Something on the page tries to run a script, and is expected to fail: the browser writes that to the console, too. */
  blocksScripts?: boolean;
}

/**
 * Opens a page of the server, hands it to the test, and then demands that nothing was written to the console as an error, nothing
 * was thrown, and nothing was asked of anybody but the server.
 */
export async function visit(path: string, test: (page: Page) => Promise<void>, look: Look = {}): Promise<void> {
  const server = look.server ?? inject("doors").web;
  const context = await browser?.newContext({
    baseURL: server,
    colorScheme: look.dark ? "dark" : "light",
    viewport: { width: look.width ?? 1360, height: look.height ?? 820 },
    reducedMotion: "reduce",
  });
  if (!context) {
    throw new Error("useBrowser() was not called");
  }

  const wrong: string[] = [];
  const page = await context.newPage();
  page.on("console", (message) => {
    const isExpected =
      (look.refuses && message.text().includes("status of 4")) || (look.blocksScripts && /Blocked script execution|violates the following Content Security Policy/.test(message.text()));
    if (message.type() === "error" && !isExpected) {
      wrong.push(`console: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => wrong.push(`thrown: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(server) && !/^(data|blob):/.test(request.url())) {
      wrong.push(`asked elsewhere: ${request.url()}`);
    }
  });
  try {
    await page.goto(path);
    await test(page);
  } finally {
    await context.close();
  }

  expect(wrong).toEqual([]);
}

/** A picture for people, where they asked for some (BRAID_SCREENSHOTS=folder). */
export async function picture(page: Page, name: string): Promise<void> {
  if (folder) {
    await page.screenshot({ path: `${folder}/${name}.png` });
  }
}
