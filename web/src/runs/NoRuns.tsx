import { FirstRun } from "../home/FirstRun.tsx";
import { Empty } from "../ui/Empty.tsx";

export function NoRuns({ isNarrowed, onClear }: { isNarrowed: boolean; onClear: () => void }) {
  return isNarrowed ? (
    <Empty title="No run matches">
      <p>Texts are compared exactly; `LIKE '%part%'` finds parts, ILIKE whatever the case.</p>
      <button type="button" onClick={onClear}>
        Show all runs
      </button>
    </Empty>
  ) : (
    <FirstRun />
  );
}
