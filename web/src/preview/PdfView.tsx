import { useEffect, useRef, useState } from "react";
import type { PDFDocumentProxy } from "pdfjs-dist";
import { Problem } from "../ui/Problem.tsx";
import { drawPage, openPdf } from "./pdf.ts";

const widest = 900;

/** A PDF, page by page: as a drawing, in which nothing can be clicked and nothing runs. */
export default function PdfView({ address }: { address: string }) {
  const { document, error } = usePdf(address);
  const [number, setNumber] = useState(1);
  if (!document) {
    return <Problem error={error} />;
  }

  const count = document.numPages;
  const go = (to: number) => setNumber(Math.min(count, Math.max(1, Math.floor(to) || 1)));
  return (
    <>
      <div className="row" role="group" aria-label="Pages">
        <button type="button" disabled={number === 1} onClick={() => go(number - 1)}>
          ‹ Previous
        </button>
        <label>
          Page <input type="number" min={1} max={count} value={number} onChange={(event) => go(event.target.valueAsNumber)} /> of {count}
        </label>
        <button type="button" disabled={number === count} onClick={() => go(number + 1)}>
          Next ›
        </button>
      </div>
      <Page document={document} number={number} />
    </>
  );
}

/** The document, as long as it is shown. */
function usePdf(address: string): { document?: PDFDocumentProxy; error?: Error } {
  const [opened, setOpened] = useState<{ document?: PDFDocumentProxy; error?: Error }>({});
  useEffect(() => {
    let isGone = false;
    const task = openPdf(address);
    task.promise.then(
      (document) => !isGone && setOpened({ document }),
      (error: Error) => !isGone && setOpened({ error }),
    );
    return () => {
      isGone = true;
      void task.destroy();
    };
  }, [address]);
  return opened;
}

function Page({ document, number }: { document: PDFDocumentProxy; number: number }) {
  const place = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<{ number: number; text: string; error?: Error }>();
  useEffect(() => {
    let isGone = false;
    // A canvas of its own: one page is not drawn over another that is being drawn.
    const canvas = window.document.createElement("canvas");
    const width = Math.min(widest, place.current?.clientWidth ?? widest);
    drawPage(document, number, canvas, width).then(
      (text) => {
        if (!isGone) {
          place.current?.replaceChildren(canvas);
          setDrawn({ number, text });
        }
      },
      (error: Error) => !isGone && setDrawn({ number, text: "", error }),
    );
    return () => {
      isGone = true;
    };
  }, [document, number]);
  return (
    <>
      <Problem error={drawn?.error} />
      <div ref={place} className="pdf" role="img" aria-label={`Page ${number}`} />
      <p className="unseen">{drawn?.number === number && drawn.text}</p>
    </>
  );
}
