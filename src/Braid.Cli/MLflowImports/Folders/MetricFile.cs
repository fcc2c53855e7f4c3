using System.Globalization;
using Braid.Cli.CommandLine;
using Braid.Cli.MLflowImports.Sources;

namespace Braid.Cli.MLflowImports.Folders;

/// <summary>The points of one key: a line <c>TIMESTAMP VALUE [STEP]</c> for each, and more words in files of models.</summary>
internal static class MetricFile
{
    /// <summary>By timestamp, step and value, exactly the same point once. One key's points are in memory at a time.</summary>
    /// <exception cref="Failure">A line is damaged.</exception>
    public static IEnumerable<SourcePoint> Read(string path, string key)
    {
        var points = new List<SourcePoint>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length > 0)
            {
                points.Add(
                    Parse(line, key) ?? throw new Unreadable($"{path}: line {number} is damaged: {Short(line)}")
                );
            }
        }

        points.Sort(Compare);
        for (var at = 0; at < points.Count; at++)
        {
            if (at == 0 || Compare(points[at - 1], points[at]) != 0)
            {
                yield return points[at];
            }
        }
    }

    private static SourcePoint? Parse(string line, string key)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return
            words.Length >= 2
            && long.TryParse(words[0], NumberStyles.Integer, CultureInfo.InvariantCulture, out var time)
            && Value(words[1]) is { } value
            && long.TryParse(
                words.ElementAtOrDefault(2) ?? "0",
                NumberStyles.Integer,
                CultureInfo.InvariantCulture,
                out var step
            )
            ? new(key, time, step, MetricValues.Clamped(value))
            : null;
    }

    /// <summary>As Python writes it.</summary>
    private static double? Value(string word) =>
        word switch
        {
            "nan" => double.NaN,
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null,
        };

    private static int Compare(SourcePoint left, SourcePoint right) =>
        (left.Timestamp, left.Step, left.Value).CompareTo((right.Timestamp, right.Step, right.Value));

    private static string Short(string line) => line.Length > 80 ? line[..80] + "..." : line;
}
