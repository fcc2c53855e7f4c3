import { useMemo, useRef } from "react";
import { useSearchParams } from "react-router";
import { useQuery } from "@tanstack/react-query";
import { ask } from "../api/ask.ts";
import type { PlotList } from "../api/plots.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { useShownRun } from "../run/useRun.ts";
import { matcher } from "../scalars/view.ts";
import { Empty } from "../ui/Empty.tsx";
import { grouped } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { SearchField } from "../ui/SearchField.tsx";
import { FigureFrame } from "./FigureFrame.tsx";
import "./plots.css";

/** The figures that a run reported: plots, tables, confusion matrices, matplotlib's images. */
export function PlotsTab() {
  const { run } = useShownRun();
  const [params, setParams] = useSearchParams();
  const filter = params.get("plot") ?? "";
  const field = useRef<HTMLInputElement>(null);
  const list = useQuery({
    queryKey: ["run", run.id, "plots"],
    queryFn: async ({ signal }) => (await ask<PlotList>(`/api/runs/${run.id}/plots`, signal)).plots,
  });
  const shown = useMemo(() => {
    const isWanted = matcher(filter);
    return (list.data ?? []).filter((plot) => isWanted(`${plot.metric}/${plot.variant}`));
  }, [list.data, filter]);
  useShortcuts([{ keys: "/", label: "Filter plots", group: "Plots", run: () => field.current?.focus() }]);
  if (list.data?.length === 0) {
    return (
      <Empty title="No plot was reported">
        <p>
          ClearML&rsquo;s logger reports them (<code>report_plotly</code>, <code>report_confusion_matrix</code>, <code>report_table</code>), and matplotlib&rsquo;s figures by
          themselves; TensorBoard&rsquo;s histograms and curves become plots, too.
        </p>
      </Empty>
    );
  }

  return (
    <div className="fill">
      <div className="bar">
        <SearchField
          field={field}
          label="Filter plots"
          placeholder="Filter plots, or /regex/  ( / )"
          value={filter}
          onChange={(text) => setParams(text ? { plot: text } : {}, { replace: true })}
        />
        <span className="hint" role="status">
          {list.data && `${grouped(shown.length)} of ${grouped(list.data.length)}`}
        </span>
      </div>
      <Problem error={list.error} />
      <div className="plots">
        <FigureFrame run={run.id} plots={shown} />
      </div>
    </div>
  );
}
