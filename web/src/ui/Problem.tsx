import { Refusal } from "../api/ask.ts";

/** What went wrong, with the code to quote; nothing when nothing did. */
export function Problem({ error, onRetry }: { error: Error | null | undefined; onRetry?: () => void }) {
  if (!error) {
    return null;
  }

  return (
    <div className="problem" role="alert">
      <p>
        {error instanceof Refusal ? error.message : `The server cannot be reached: ${error.message}`}
        {error instanceof Refusal && <code>{error.code}</code>}
      </p>
      {onRetry && (
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}
