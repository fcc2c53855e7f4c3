import { useState } from "react";
import { Problem } from "../ui/Problem.tsx";
import Markdown from "../ui/Markdown.tsx";
import TextView from "./TextView.tsx";
import { useFileText } from "./useFileText.ts";

/** A text of Markdown as it is meant, or as it is written. */
export default function MarkdownView({ address }: { address: string }) {
  const [isSource, setSource] = useState(false);
  const { text, hasMore, error } = useFileText(address);
  const showsSource = isSource || hasMore;
  return (
    <>
      <Problem error={error} />
      {!hasMore && (
        <label>
          <input type="checkbox" checked={isSource} onChange={(event) => setSource(event.target.checked)} /> As it is written
        </label>
      )}
      {text !== undefined && (showsSource ? <TextView address={address} /> : <Markdown text={text} />)}
    </>
  );
}
