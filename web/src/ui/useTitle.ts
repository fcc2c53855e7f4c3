import { useEffect } from "react";

/** The title of the window, and with it of bookmarks. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · Braid` : "Braid";
  }, [title]);
}
