using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;

namespace Braid.Gateway.Web.Runs.Listing;

/// <summary>The cells of columns that show values at a step, which no summary knows.</summary>
internal sealed class StepCells
{
    private readonly Dictionary<string, IReadOnlyDictionary<Hex32, Sample>> columns = new(StringComparer.Ordinal);

    private StepCells() { }

    public static async Task<Result<StepCells>> ReadAsync(
        WebRooms rooms,
        Caller caller,
        IReadOnlyList<Run> runs,
        IReadOnlyList<RunColumn> columns,
        CancellationToken ct
    )
    {
        var cells = new StepCells();
        SeriesOwner[] owners = [.. runs.Select(run => (SeriesOwner)run.Id)];
        foreach (var column in columns)
        {
            if (column is not { Series: { } name, Step: { } step })
            {
                continue;
            }

            var samples = await rooms.Series.AtStepAsync(caller, owners, name, step, ct);
            if (!samples.IsOk)
            {
                return samples.Error;
            }

            cells.columns[column.Name] = samples.Value;
        }

        return cells;
    }

    public JsonNode? Of(Run run, RunColumn column) =>
        columns[column.Name].TryGetValue(run.Id.Value, out var sample) ? Answer.Number(sample.Value) : null;
}
