import { Problem } from "../ui/Problem.tsx";
import { useInstallation } from "./useInstallation.ts";

/** Every setting as it counts, and where it comes from. They change when the server is started anew. */
export function SettingsTab() {
  const installation = useInstallation();
  return (
    <>
      <Problem error={installation.error} onRetry={() => void installation.refetch()} />
      <div className="across">
        <table className="dense settings">
          <thead>
            <tr>
              <th scope="col">Setting</th>
              <th scope="col">Value</th>
              <th scope="col">From</th>
              <th scope="col">What it is for</th>
            </tr>
          </thead>
          <tbody>
            {installation.data?.settings.map((one) => (
              <tr key={one.flag}>
                <th scope="row">
                  <code title={one.variable}>{one.flag}</code>
                </th>
                <td className="mono">{one.value || "none"}</td>
                <td className={one.source === "default" ? "hint" : undefined}>{one.source}</td>
                <td className="hint help">{one.help}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
