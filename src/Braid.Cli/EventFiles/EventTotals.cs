using System.Globalization;
using System.Text.Json.Nodes;

namespace Braid.Cli.EventFiles;

/// <summary>What the server made of event files.</summary>
internal readonly record struct EventTotals
{
    public long Points { get; init; }
    public long Plots { get; init; }
    public long Samples { get; init; }
    public long Lines { get; init; }
    public long Parameters { get; init; }
    public long LeftOut { get; init; }

    /// <summary>Records with bad check sums, and records that are too long.</summary>
    public long Damaged { get; init; }

    public static EventTotals Of(JsonObject file) =>
        new()
        {
            Points = Number(file, "points"),
            Plots = Number(file, "plots"),
            Samples = Number(file, "samples"),
            Lines = Number(file, "lines"),
            Parameters = Number(file, "parameters"),
            LeftOut = Number(file, "left_out"),
            Damaged = Number(file, "damaged") + Number(file, "too_long"),
        };

    public static EventTotals operator +(EventTotals left, EventTotals right) =>
        new()
        {
            Points = left.Points + right.Points,
            Plots = left.Plots + right.Plots,
            Samples = left.Samples + right.Samples,
            Lines = left.Lines + right.Lines,
            Parameters = left.Parameters + right.Parameters,
            LeftOut = left.LeftOut + right.LeftOut,
            Damaged = left.Damaged + right.Damaged,
        };

    /// <summary>In words, what there is none of left out.</summary>
    public override string ToString()
    {
        (long Count, string What)[] counts =
        [
            (Points, "points"),
            (Plots, "plots"),
            (Samples, "images and sounds"),
            (Lines, "texts"),
            (Parameters, "parameters"),
            (LeftOut, "values that are not shown (graphs, meshes, layouts)"),
            (Damaged, "damaged records skipped"),
        ];
        var words = counts
            .Where(one => one.Count > 0)
            .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Count:N0} {one.What}"));
        return string.Join(", ", words.DefaultIfEmpty("nothing"));
    }

    private static long Number(JsonObject file, string name) => file[name]?.GetValue<long>() ?? 0;
}
