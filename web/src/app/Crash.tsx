import { useRouteError } from "react-router";
import { Empty } from "../ui/Empty.tsx";

/** Shown in place of a page that broke. After an upgrade of the server the parts of an older page are gone. */
export function Crash() {
  const error = useRouteError();
  const text = error instanceof Error ? error.message : String(error);
  return (
    <Empty title="This page broke">
      <p>{text}</p>
      <p>If the server was upgraded while the page was open, loading it again is all it needs.</p>
      <button type="button" onClick={() => location.reload()}>
        Load again
      </button>
    </Empty>
  );
}
