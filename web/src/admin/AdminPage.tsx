import { NavLink, Outlet, useNavigate } from "react-router";
import { useShortcuts } from "../app/shortcuts.ts";
import { useTitle } from "../ui/useTitle.ts";
import "./admin.css";

const tabs = [
  { path: "", title: "Health" },
  { path: "people", title: "People" },
  { path: "keys", title: "Keys" },
  { path: "secrets", title: "Secrets" },
  { path: "settings", title: "Settings" },
  { path: "audit", title: "Audit" },
];

/** How the server is, who uses it, with which keys, how it was started, and who changed what. */
export function AdminPage() {
  const navigate = useNavigate();
  useTitle("Administration");
  useShortcuts(
    tabs.map((tab, at) => ({
      keys: String(at + 1),
      label: tab.title,
      group: "Administration",
      run: () => void navigate(tab.path ? `/admin/${tab.path}` : "/admin"),
    })),
  );
  return (
    <div className="admin">
      <h1>Administration</h1>
      <nav className="tabs" aria-label="Of the administration">
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
