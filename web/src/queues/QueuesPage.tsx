import { NavLink, Outlet, useLocation, useNavigate } from "react-router";
import { useShortcuts } from "../app/shortcuts.ts";
import { useTitle } from "../ui/useTitle.ts";
import "./queues.css";

const tabs = [
  { path: "", title: "Quota" },
  { path: "work", title: "Work" },
  { path: "lists", title: "Queues" },
  { path: "machines", title: "Machines" },
  { path: "history", title: "Over time" },
];

/** Who may have what of the machines, what waits for it and why, in which order, the machines, and who had what of them when. */
export function QueuesPage() {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const here = tabs.find((tab) => tab.path && pathname.endsWith(`/${tab.path}`));
  useTitle(here?.title ?? "Queues & quota");
  useShortcuts(
    tabs.map((tab, at) => ({
      keys: String(at + 1),
      label: tab.title,
      group: "Queues & quota",
      run: () => void navigate(tab.path ? `/queues/${tab.path}` : "/queues"),
    })),
  );
  return (
    <div className="queues">
      <header className="head">
        <h1>Queues &amp; quota</h1>
      </header>
      <nav className="tabs" aria-label="Of queues and quota">
        {tabs.map((tab) => (
          <NavLink key={tab.path} to={tab.path || "."} end>
            {tab.title}
          </NavLink>
        ))}
      </nav>
      <div className="inside">
        <Outlet />
      </div>
    </div>
  );
}
