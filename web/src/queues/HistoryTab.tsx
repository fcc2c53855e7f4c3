import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ask, query } from "../api/ask.ts";
import type { UseOverTime } from "../api/shares.ts";
import { Chart, Swatch } from "../chart/Chart.tsx";
import { style } from "../chart/palette.ts";
import { useDark } from "../chart/useDark.ts";
import { Empty } from "../ui/Empty.tsx";
import { Problem } from "../ui/Problem.tsx";
import { Segments } from "../ui/Segments.tsx";
import { withParam } from "../ui/withParam.ts";
import { usesOf } from "./history.ts";
import { resourceOf, resources } from "./resources.ts";
import { useShares } from "./useQueues.ts";

const pasts = [
  { value: "3600", title: "Hour" },
  { value: "86400", title: "Day" },
  { value: "604800", title: "Week" },
  { value: "2592000", title: "Month" },
] as const;
const units = { gpu: "GPUs", cpu: "processors", memory: "GiB" };
const usualPast = "86400";
const refreshMs = 30_000;
/** More are no overview. */
const mostShown = 60;

/** What each project had of the machines in the past, beside what it may count on. */
export function HistoryTab() {
  const [params, setParams] = useSearchParams();
  const of = resourceOf(params.get("of"));
  const past = pasts.find((one) => one.value === params.get("past"))?.value ?? usualPast;
  const put = (name: string, value: string, usual: string) => setParams(withParam(params, name, value === usual ? "" : value), { replace: true });
  const isDark = useDark();
  const shares = useShares();
  const use = useQuery({
    queryKey: ["shares", "history", past],
    queryFn: ({ signal }) => ask<UseOverTime>(`/api/shares/history${query({ since: past })}`, signal),
    refetchInterval: refreshMs,
    placeholderData: keepPreviousData,
  });
  const projects = useMemo(() => (use.data ? usesOf(use.data, shares.data ?? [], of) : undefined), [use.data, shares.data, of]);
  return (
    <>
      <div className="bar">
        <Segments label="Resource" options={resources} value={of} onChange={(next) => put("of", next, "gpu")} />
        <Segments label="How far back" options={pasts} value={past} onChange={(next) => put("past", next, usualPast)} />
        <p className="hint">
          {`In ${units[of]}: `}
          <Swatch of={style(0, isDark)} /> used, <Swatch of={style(1, isDark)} /> guaranteed now
        </p>
      </div>
      <Problem error={use.error ?? shares.error} onRetry={() => void use.refetch()} />
      {projects?.length === 0 && <Empty title={`Nothing had ${units[of]} in this time`} />}
      <div className="past">
        {projects?.slice(0, mostShown).map((project) => (
          <section key={project.name} className="card" aria-label={project.name}>
            <h3 className="cut">{project.name}</h3>
            <Chart title={project.name} lines={project.lines} look={{ axis: "wall", isLog: false, smoothing: 0 }} onZoom={() => undefined} />
          </section>
        ))}
      </div>
    </>
  );
}
