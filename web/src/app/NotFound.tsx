import { Link, useLocation } from "react-router";
import { Empty } from "../ui/Empty.tsx";

export function NotFound() {
  const { pathname } = useLocation();
  return (
    <Empty title="There is no such page">
      <p>
        Nothing is at <code>{pathname}</code>. Press <kbd>Ctrl K</kbd> to find what you look for, or go <Link to="/">home</Link>.
      </p>
    </Empty>
  );
}
