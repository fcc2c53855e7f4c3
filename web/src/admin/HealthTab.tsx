import { Link } from "react-router";
import type { Installation } from "../api/admin.ts";
import { Copy } from "../ui/Copy.tsx";
import { grouped } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { useInstallation } from "./useInstallation.ts";

/** Whether everything that the server needs is there, and where its doors are. */
export function HealthTab() {
  const installation = useInstallation();
  return (
    <>
      <Problem error={installation.error} onRetry={() => void installation.refetch()} />
      {installation.data && <Health of={installation.data} />}
    </>
  );
}

function Health({ of }: { of: Installation }) {
  const setting = (flag: string) => of.settings.find((one) => one.flag === flag)?.value ?? "";
  return (
    <div className="columns">
      <table className="plain">
        <tbody>
          <Line name="Version" value={of.version} />
          <Line name="Database" isGood value={`${setting("--database")}, answers in ${of.databaseMs} ms`} />
          <Line name="Object store" isGood value={`${setting("--blobs")}, ${grouped(of.chunks)} pieces`} />
          <tr>
            <th scope="row">Machines</th>
            <td>
              <Mark isGood={of.agentsAlive === of.agents} /> <Link to="/queues/machines">{`${of.agentsAlive} of ${of.agents}`}</Link> are there
            </td>
          </tr>
          <Line name="Reclaiming" isGood={of.reclaimFailure === null} value={of.reclaimFailure ?? of.reclaiming} />
          <Line name="Installation" value={of.id} />
        </tbody>
      </table>
      <section aria-labelledby="doors">
        <h2 id="doors">Doors</h2>
        <table className="plain">
          <tbody>
            {of.doors.map((door) => (
              <tr key={door.name}>
                <th scope="row">{door.name}</th>
                <td>
                  <code>{door.url}</code> <Copy text={door.url} label={`Copy the address of ${door.name}`} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

function Line({ name, value, isGood }: { name: string; value: string; isGood?: boolean }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        {isGood !== undefined && <Mark isGood={isGood} />} {value}
      </td>
    </tr>
  );
}

function Mark({ isGood }: { isGood: boolean }) {
  return (
    <span className={`status ${isGood ? "completed" : "failed"}`}>
      <span aria-hidden="true">{isGood ? "✓" : "✕"}</span>
      <span className="unseen">{isGood ? "well" : "not well"}</span>
    </span>
  );
}
