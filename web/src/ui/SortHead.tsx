/** The head of a column that the server sorts by: up first, or down where the greatest is what one looks for. */
export function SortHead({ column, title, sort, isNumber = false, onSort }: { column: string; title: string; sort: string; isNumber?: boolean; onSort: (sort: string) => void }) {
  const direction = sort === column ? "ascending" : sort === `-${column}` ? "descending" : undefined;
  const next = direction === (isNumber ? "descending" : "ascending") ? (isNumber ? column : `-${column}`) : isNumber ? `-${column}` : column;
  return (
    <span role="columnheader" aria-sort={direction ?? "none"} className={isNumber ? "number" : undefined}>
      <button type="button" className="sort" onClick={() => onSort(next)} title={`Sort by ${title.toLowerCase()}`}>
        {title} {direction && <span aria-hidden="true">{direction === "ascending" ? "▲" : "▼"}</span>}
      </button>
    </span>
  );
}
