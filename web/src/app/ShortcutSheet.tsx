import { Fragment } from "react";
import { Dialog } from "../ui/Dialog.tsx";
import { activeShortcuts, type Shortcut } from "./shortcuts.ts";

/** What keys do on the page that is open. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const groups = Object.entries(Object.groupBy(activeShortcuts(), (one) => one.group)) as [string, Shortcut[]][];
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose} className="sheet">
      {groups.map(([group, shortcuts]) => (
        <section key={group}>
          <h3>{group}</h3>
          <dl className="keys">
            {shortcuts.map((one) => (
              <Fragment key={one.keys}>
                <dt>
                  {one.keys.split(" ").map((key) => (
                    <kbd key={key}>{key.replace("Mod+", "Ctrl ").replace(" k", " K")}</kbd>
                  ))}
                </dt>
                <dd>{one.label}</dd>
              </Fragment>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
