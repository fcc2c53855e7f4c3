using System.Globalization;
using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Filters;
using Braid.Tracking.Projects;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Runs.Listing;

/// <summary>What a request wants of the table of runs.</summary>
/// <param name="Where">The filter and the text that is searched for.</param>
/// <param name="Project">Its full path; null for all.</param>
internal sealed record RunTable(
    Filter Where,
    string? Project,
    IReadOnlyList<RunColumn> Columns,
    IReadOnlyList<Order> Order
)
{
    private const int mostRuns = 500;
    private const int usualRuns = 100;
    private const int mostColumns = 100;

    /// <summary>Each reads a block of each run.</summary>
    private const int mostAtSteps = 5;
    private const int shortestPrefix = 4;

    /// <summary>What ClearML's clients archive by.</summary>
    public const string ArchivedLabel = "archived";

    private static readonly Filter isLabelled = new Filter.HasLabel(ArchivedLabel, System: true);

    /// <summary>Whether it shows what was put away (in the trash, or by a ClearML client), and nothing else.</summary>
    public required bool IsArchive { get; init; }
    public required int Offset { get; init; }
    public required int Limit { get; init; }

    public static Result<RunTable> Read(HttpRequest request)
    {
        var query = request.Query;
        var where = RunWords.All.Filter(query["filter"]);
        var columns = ReadAll(query["column"]);
        var order = ReadOrder(query["sort"].ToString());
        return (where.Error ?? columns.Error ?? order.Error) is { } problem
            ? problem
            : new RunTable(
                where.Value & Search(query["q"].ToString().Trim()),
                query["project"].ToString() is { Length: > 0 } project ? project : null,
                columns.Value,
                order.Value
            )
            {
                IsArchive = query.ContainsKey("archived"),
                Offset = Number(query["page"], 0, int.MaxValue),
                Limit = Number(query["limit"], usualRuns, mostRuns),
            };
    }

    /// <summary>By the beginning of an id, by a part of the name, by a label.</summary>
    public static Filter Search(string text) =>
        text.Length == 0
            ? Filter.Everything
            : new Filter.Any([
                .. IdBeginsWith(RunFields.Id, text),
                new Filter.Compare(RunFields.Name, Comparison.ILike, $"%{text}%"),
                new Filter.HasLabel(text),
            ]);

    /// <summary>What ids begin with, of a text that may mean it; null for one that no id begins with, or that too many do.</summary>
    public static string? PrefixOf(string text) =>
        text.Length >= shortestPrefix && text.All(char.IsAsciiHexDigit) ? text.ToLowerInvariant() : null;

    /// <summary>Nothing for a text that is no prefix.</summary>
    public static IEnumerable<Filter> IdBeginsWith(Field id, string text)
    {
        if (PrefixOf(text) is { } digits)
        {
            yield return new Filter.Compare(id, Comparison.GreaterOrEqual, digits)
                & new Filter.Compare(id, Comparison.Less, digits + "g");
        }
    }

    /// <summary>The domain's question for it.</summary>
    public async Task<Result<RunQuery>> QueryAsync(WebRooms rooms, Caller caller, CancellationToken ct)
    {
        var query = new RunQuery
        {
            Where = Where & (IsArchive ? !new Filter.Missing(RunFields.Trashed) | isLabelled : !isLabelled),
            OrderBy = Order,
            Offset = Offset,
            Limit = Limit,
            Parts = Columns.Aggregate(RunParts.None, (parts, column) => parts | column.Parts),
            Series =
            [
                .. Columns.Where(column => column.Step is null).Select(column => column.Series).OfType<SeriesName>(),
            ],
            Lifecycle = IsArchive ? Lifecycle.Any : Lifecycle.Active,
        };
        if (Project is null)
        {
            return query;
        }

        var project = await rooms.Projects.GetAsync(caller, Project, ct);
        return project.Select(found => query with { Projects = [found.Id], IncludeSubprojects = true });
    }

    private static Result<IReadOnlyList<RunColumn>> ReadAll(IReadOnlyList<string?> names)
    {
        var columns = new List<RunColumn>();
        foreach (var name in names.Distinct(StringComparer.Ordinal).Take(mostColumns))
        {
            var column = RunColumn.Parse(name ?? "");
            if (!column.IsOk)
            {
                return column.Error;
            }

            columns.Add(column.Value);
        }

        return columns.Count(column => column.Step is not null) > mostAtSteps
            ? new Error(
                ErrorKind.InvalidArgument,
                "web.too-many-steps",
                $"at most {mostAtSteps} columns may show values at a step: each reads a part of every run's curve"
            )
            : columns;
    }

    /// <summary>A column's name, after a minus from the greatest down; without one, the newest first.</summary>
    private static Result<IReadOnlyList<Order>> ReadOrder(string sort)
    {
        var column = RunColumn.Parse(sort.Length == 0 ? "created" : sort.TrimStart('-'));
        return column.Then<IReadOnlyList<Order>>(by =>
            by.Field is { } field
                ? new Order[] { new(field, Descending: sort.Length == 0 || sort.StartsWith('-')) }
                : new Error(
                    ErrorKind.InvalidArgument,
                    "web.not-sortable",
                    $"the table cannot be sorted by '{by.Name}': only last, least and greatest values are known without reading curves"
                )
        );
    }

    private static int Number(string? text, int usual, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Math.Clamp(number, 0, most)
            : usual;
}
