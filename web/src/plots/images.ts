import { storedAt } from "../api/plots.ts";
import type { Figure } from "../figures/messages.ts";

interface PlacedImage {
  source?: unknown;
}

/** The figure with the images that it names by address (as matplotlib's are) in it: the frame that draws it has no network. */
export async function withImages(run: string, figure: Figure | null): Promise<Figure | null> {
  const layout = figure?.layout as { images?: unknown } | undefined;
  if (!Array.isArray(layout?.images)) {
    return figure;
  }

  const images = await Promise.all((layout.images as PlacedImage[]).map(async (image) => ({ ...image, source: await inlined(run, image.source) })));
  return { ...figure, layout: { ...layout, images: images.filter((image) => image.source !== undefined) } };
}

/** Undefined for what is not stored here. */
async function inlined(run: string, source: unknown): Promise<string | undefined> {
  if (typeof source !== "string") {
    return undefined;
  }

  if (source.startsWith("data:")) {
    return source;
  }

  const answer = await fetch(storedAt(run, source));
  return answer.ok ? dataUrl(await answer.blob()) : undefined;
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result as string));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(blob);
  });
}
