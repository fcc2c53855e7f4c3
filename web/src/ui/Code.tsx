import { Copy } from "./Copy.tsx";

/** A command to paste into a shell. */
export function Command({ text }: { text: string }) {
  return (
    <div className="command">
      <pre>{text}</pre>
      <Copy text={text} label="Copy this command" />
    </div>
  );
}
