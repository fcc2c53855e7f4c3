import { useEffect, useRef, type ReactNode } from "react";
import { Icon } from "./Icon.tsx";

interface DialogProps {
  title: string;
  children: ReactNode;
  className?: string;
  hidesTitle?: boolean;
  onClose: () => void;
}

/** A modal dialog: Escape and a click beside it close it, its first field has the focus, and focus returns to where it was. */
export function Dialog({ title, children, className = "", hidesTitle = false, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    dialog.current?.showModal();
    // The browser would begin at the button that closes it.
    dialog.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
    return () => before?.focus();
  }, []);
  return (
    // A click on the backdrop is a click on the dialog itself; its keyboard twin is Escape, which the browser handles.
    <dialog
      ref={dialog}
      className={className}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div className="inside">
        {!hidesTitle && (
          <header>
            <h2>{title}</h2>
            <button type="button" className="quiet" onClick={onClose} aria-label="Close">
              <Icon name="close" />
            </button>
          </header>
        )}
        {children}
      </div>
    </dialog>
  );
}
