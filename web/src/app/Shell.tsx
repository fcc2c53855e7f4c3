import { Suspense, useState } from "react";
import { Link, NavLink, Outlet, useNavigate, useNavigation } from "react-router";
import { useMe } from "../api/me.ts";
import { Icon } from "../ui/Icon.tsx";
import { Finder } from "./Finder.tsx";
import { places } from "./pages.ts";
import { useShortcutKeys, useShortcuts } from "./shortcuts.ts";
import { ShortcutSheet } from "./ShortcutSheet.tsx";
import { ThemeButton } from "./ThemeButton.tsx";

/** What is around every page: the side bar, the finder, the list of shortcuts. */
export function Shell() {
  const [open, setOpen] = useState<"finder" | "shortcuts" | undefined>();
  const navigate = useNavigate();
  const isLoading = useNavigation().state !== "idle";
  useShortcutKeys();
  useShortcuts([
    { keys: "Mod+k", label: "Find anything", group: "Anywhere", run: () => setOpen("finder") },
    { keys: "?", label: "Show this list", group: "Anywhere", run: () => setOpen("shortcuts") },
    ...places.map((place) => ({
      keys: `g ${place.key}`,
      label: place.title,
      group: "Go to",
      run: () => void navigate(place.path),
    })),
  ]);
  const close = () => setOpen(undefined);
  return (
    <>
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <SideBar onFind={() => setOpen("finder")} onShortcuts={() => setOpen("shortcuts")} />
      <main id="main" tabIndex={-1} aria-busy={isLoading}>
        <Suspense>
          <Outlet />
        </Suspense>
      </main>
      {open === "finder" && <Finder onClose={close} />}
      {open === "shortcuts" && <ShortcutSheet onClose={close} />}
    </>
  );
}

function SideBar({ onFind, onShortcuts }: { onFind: () => void; onShortcuts: () => void }) {
  return (
    <header className="side">
      <NavLink to="/" className="brand" aria-label="Braid, home">
        <img src="/braid.svg" alt="" width="20" height="20" /> Braid
      </NavLink>
      <button type="button" className="find" onClick={onFind}>
        <Icon name="search" /> <span>Find</span> <kbd>Ctrl K</kbd>
      </button>
      <nav aria-label="Pages">
        {places.map((place) => (
          <NavLink key={place.path} to={place.path} end={place.path === "/"}>
            <Icon name={place.icon} /> <span>{place.title}</span>
          </NavLink>
        ))}
      </nav>
      <div className="foot">
        <Who />
        <div className="row">
          <ThemeButton />
          <button type="button" className="quiet" onClick={onShortcuts} title="Keyboard shortcuts (?)" aria-label="Keyboard shortcuts">
            <Icon name="keyboard" />
          </button>
          <Link className="quiet button" to="/admin/keys" title="Key pairs" aria-label="Key pairs">
            <Icon name="key" />
          </Link>
        </div>
      </div>
    </header>
  );
}

function Who() {
  const me = useMe();
  if (!me.data) {
    return null;
  }

  return (
    <p className="who" title={`Braid ${me.data.version}`}>
      {me.data.user}
      {me.data.signed_in && (
        <form method="post" action="/logout">
          <button type="submit" className="link">
            log out
          </button>
        </form>
      )}
    </p>
  );
}
