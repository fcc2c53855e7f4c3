namespace Braid.Tracking;

/// <summary>
/// How a set of labels lies in one column, so that "has label x" is one comparison in either store: a newline, then each
/// word followed by a newline, sorted; nothing at all for no labels.
/// </summary>
internal static class Labels
{
    public static string Pack(IEnumerable<string> labels)
    {
        var sorted = labels
            .Select(label => label.Replace('\n', ' '))
            .Where(label => label.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        var joined = string.Concat(sorted.Select(label => label + "\n"));
        return joined.Length == 0 ? "" : "\n" + joined;
    }

    public static IReadOnlyList<string> Unpack(string packed) =>
        packed.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What a column contains exactly when it holds the label.</summary>
    public static string Needle(string label) => $"\n{label}\n";
}
