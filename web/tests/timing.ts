import type { Page } from "playwright-core";

/** What something takes, in milliseconds; printed, too. */
export async function timed(what: string, act: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await act();
  return said(what, performance.now() - start);
}

/** From the beginning of the navigation until the browser painted something of the page. */
export async function firstPaint(page: Page, what: string): Promise<number> {
  const paint = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const [entry] = list.getEntriesByName("first-contentful-paint");
          if (entry) {
            resolve(entry.startTime);
          }
        }).observe({ type: "paint", buffered: true });
      }),
  );
  return said(`${what}: first paint`, paint);
}

/** Acts so many times, eight at once. */
export async function inParallel(count: number, act: (at: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (next < count) {
        await act(next++);
      }
    }),
  );
}

function said(what: string, ms: number): number {
  process.stdout.write(`${what}: ${Math.round(ms)} ms\n`);
  return ms;
}
