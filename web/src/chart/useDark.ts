import { useSyncExternalStore } from "react";
import { isDark } from "./palette.ts";

/** Whether the page is dark now: canvases do not follow style sheets. */
export function useDark(): boolean {
  return useSyncExternalStore(subscribe, isDark);
}

function subscribe(changed: () => void): () => void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", changed);
  window.addEventListener("braid:theme", changed);
  return () => {
    system.removeEventListener("change", changed);
    window.removeEventListener("braid:theme", changed);
  };
}
