import { useQueries, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { bytes, grouped } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { openParquet, readRows } from "./parquet.ts";
import { Rows } from "./Rows.tsx";

/** Rows are asked for by so many at a time. */
const chunk = 200;

/** A Parquet file: only the parts of it that hold the rows that can be seen are read. */
export default function ParquetView({ address }: { address: string }) {
  const file = useQuery({ queryKey: ["parquet", address], queryFn: () => openParquet(address), staleTime: Infinity });
  const [chunks, setChunks] = useState(1);
  const parts = useQueries({
    queries: Array.from({ length: file.data ? chunks : 0 }, (_, at) => ({
      queryKey: ["parquet", address, at],
      queryFn: () => readRows(file.data, at * chunk, Math.min((at + 1) * chunk, file.data?.count ?? 0)),
      staleTime: Infinity,
    })),
  });
  const error = file.error ?? parts.find((part) => part.error)?.error;
  if (!file.data) {
    return <Problem error={error} />;
  }

  const { columns, count, size } = file.data;
  const here = Math.min(count, parts.filter((part) => part.data).length * chunk);
  return (
    <>
      <Problem error={error} />
      <Rows
        head={columns}
        count={here}
        cells={(row) => parts[Math.floor(row / chunk)]?.data?.[row % chunk] ?? []}
        onEnd={() => here < count && setChunks(Math.ceil(here / chunk) + 1)}
      />
      <p className="hint">
        {grouped(count)} rows, {columns.length} columns, {bytes(size)}
      </p>
    </>
  );
}
