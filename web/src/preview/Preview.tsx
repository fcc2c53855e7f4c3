import { lazy, Suspense, useState } from "react";
import { Icon } from "../ui/Icon.tsx";
import { kindOf } from "./kinds.ts";
import "./preview.css";

const TextView = lazy(() => import("./TextView.tsx"));
const TableView = lazy(() => import("./TableView.tsx"));
const ParquetView = lazy(() => import("./ParquetView.tsx"));
const JsonView = lazy(() => import("./JsonView.tsx"));
const MarkdownView = lazy(() => import("./MarkdownView.tsx"));
const PdfView = lazy(() => import("./PdfView.tsx"));
const NotebookView = lazy(() => import("./NotebookView.tsx"));

const tinyPixels = 100;

interface PreviewProps {
  name: string;
  /** Where its bytes are, whole or in ranges. */
  address: string;
  /** Said beside the name. */
  children?: React.ReactNode;
}

/** What is in a file, as far as a browser can show it; nothing in it can run, or reach this page. */
export function Preview({ name, address, children }: PreviewProps) {
  return (
    <section className="preview" aria-label={`Content of ${name}`}>
      <div className="spread">
        <h2 className="cut">{name}</h2>
        <div className="row">
          {children}
          <a className="button" href={`${address}${address.includes("?") ? "&" : "?"}download`} download>
            <Icon name="download" /> Download
          </a>
        </div>
      </div>
      <Suspense>
        <Content name={name} address={address} />
      </Suspense>
    </section>
  );
}

/** An image at its own size; one too small to see is enlarged, and its pixels stay pixels. */
function Picture({ name, address }: { name: string; address: string }) {
  const [isTiny, setTiny] = useState(false);
  return <img src={address} alt={name} className={isTiny ? "tiny" : undefined} onLoad={(event) => setTiny(event.currentTarget.naturalWidth < tinyPixels)} />;
}

function Content({ name, address }: { name: string; address: string }) {
  switch (kindOf(name)) {
    case "image":
      return <Picture name={name} address={address} />;
    case "page":
      return <iframe src={address} title={name} sandbox="" referrerPolicy="no-referrer" />;
    case "audio":
      // What somebody logged has no captions.
      // oxlint-disable-next-line jsx-a11y/media-has-caption
      return <audio src={address} controls />;
    case "video":
      // oxlint-disable-next-line jsx-a11y/media-has-caption
      return <video src={address} controls />;
    case "table":
      return <TableView name={name} address={address} />;
    case "parquet":
      return <ParquetView address={address} />;
    case "json":
      return <JsonView address={address} />;
    case "notebook":
      return <NotebookView address={address} />;
    case "markdown":
      return <MarkdownView address={address} />;
    case "pdf":
      return <PdfView address={address} />;
    case "bytes":
      return <p className="hint">Nothing to show of this kind of file; download it.</p>;
    default:
      return <TextView address={address} />;
  }
}
