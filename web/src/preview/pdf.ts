import { getDocument, GlobalWorkerOptions, type PDFDocumentLoadingTask, type PDFDocumentProxy } from "pdfjs-dist";

/** Parses what somebody logged, outside of the page; the server's policy gives it no code to make from text and nobody else to ask. */
GlobalWorkerOptions.workerPort = new Worker(new URL("pdfjs-dist/build/pdf.worker.min.mjs", import.meta.url), { type: "module" });

/** More pixels of a page than these no screen needs. */
const mostPixels = 16_000_000;

/** Opens a document of which only the parts are read that the pages shown need. */
export function openPdf(address: string): PDFDocumentLoadingTask {
  return getDocument({
    url: new URL(address, location.href).href,
    disableAutoFetch: true,
    disableStream: true,
    enableXfa: false,
    isEvalSupported: false,
    useWasm: false,
  });
}

/** Draws a page onto a canvas of this width, and gives its text. Links, forms and scripts of the document are left out. */
export async function drawPage(document: PDFDocumentProxy, number: number, canvas: HTMLCanvasElement, width: number): Promise<string> {
  const page = await document.getPage(number);
  const size = page.getViewport({ scale: 1 });
  const wanted = (width / size.width) * (window.devicePixelRatio || 1);
  const scale = Math.min(wanted, Math.sqrt(mostPixels / (size.width * size.height)));
  const viewport = page.getViewport({ scale });
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  await page.render({ canvas, viewport, annotationMode: 0 }).promise;
  const { items } = await page.getTextContent();
  return items.map((item) => ("str" in item ? item.str : "")).join(" ");
}
