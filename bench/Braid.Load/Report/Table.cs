using System.Globalization;
using System.Text;

namespace Braid.Load.Report;

/// <summary>What was measured, in the order it was measured; rows go to standard error at once, so that a long run can be watched.</summary>
internal sealed class Table
{
    private readonly List<string[]> rows =
    [
        ["what", "Braid", "beside it", "ratio", "reach", "CPU s: Braid, beside", "server MiB"],
    ];

    /// <param name="what">What was done.</param>
    /// <param name="ours">Braid's figure, as text.</param>
    /// <param name="beside">The peers' figures, as text.</param>
    /// <param name="ratio">How Braid compares.</param>
    /// <param name="reach">What it is to reach.</param>
    /// <param name="cpu">CPU seconds of both.</param>
    /// <param name="memory">The server's greatest resident memory.</param>
    public void Add(string what, string ours, string beside, string ratio, string reach, string cpu, string memory)
    {
        rows.Add([what, ours, beside, ratio, reach, cpu, memory]);
        Console.Error.WriteLine(Line(rows[^1]));
    }

    public string ToMarkdown()
    {
        var text = new StringBuilder().AppendLine(Line(rows[0]));
        text.AppendLine(Line([.. rows[0].Select(_ => "---")]));
        rows.Skip(1).ToList().ForEach(row => text.AppendLine(Line(row)));
        return text.ToString();
    }

    public static string Number(double value, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{value:0.##} {unit}").TrimEnd();

    public static string Count(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Line(string[] cells) => $"| {string.Join(" | ", cells)} |";
}
