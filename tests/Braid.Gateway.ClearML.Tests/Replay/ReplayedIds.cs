using System.Text.RegularExpressions;

namespace Braid.Gateway.ClearML.Tests.Replay;

/// <summary>The ids and access keys that a server gave in a replay, by the ones that were recorded.</summary>
internal sealed partial class ReplayedIds
{
    private readonly Dictionary<string, string> ids = new(StringComparer.Ordinal);

    /// <summary>Learns an id at its first sight; afterwards it must stay the same.</summary>
    public bool Matches(string recorded, string actual)
    {
        ids.TryAdd(recorded, actual);
        return ids[recorded] == actual;
    }

    public string Replace(string text) => Id().Replace(text, id => ids.GetValueOrDefault(id.Value, id.Value));

    public static bool IsId(string text) => Id().Match(text).Length == text.Length && text.Length > 0;

    [GeneratedRegex("[0-9a-f]{32}|[A-Z0-9]{20}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();
}
