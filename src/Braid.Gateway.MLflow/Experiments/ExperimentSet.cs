using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Filters;
using Braid.Tracking.Projects;

namespace Braid.Gateway.MLflow.Experiments;

/// <summary>The experiments that a search is limited to.</summary>
internal static class ExperimentSet
{
    /// <summary>One condition names so many at most, so that a client may name a thousand.</summary>
    private const int atOnce = 200;

    /// <summary>Those that exist, deleted ones too; an id that is no number is the id of none.</summary>
    public static async Task<Result<IReadOnlyList<Project>>> FindAsync(
        Call call,
        IEnumerable<string> ids,
        CancellationToken ct
    )
    {
        var found = new List<Project>();
        foreach (var numbers in ids.Select(ExperimentFields.Number).OfType<long>().Distinct().Chunk(atOnce))
        {
            var query = new ProjectQuery { Where = OneOf(numbers), Lifecycle = Lifecycle.Any };
            var page = await call.Rooms.Projects.ListAsync(call.Caller, query, ct);
            if (!page.IsOk)
            {
                return page.Error;
            }

            found.AddRange(page.Value.Items);
        }

        return found;
    }

    private static Filter OneOf(IEnumerable<long> numbers) =>
        new Filter.Any([
            .. numbers.Select(number => new Filter.Compare(ProjectFields.Number, Comparison.Equal, number)),
        ]);
}
