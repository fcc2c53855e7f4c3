using System.Text;
using System.Text.RegularExpressions;

namespace Braid.Gateway.MLflow.Tests.Replay;

/// <summary>What the server of a recording made up (ids, names), and what this one made up instead.</summary>
internal sealed partial class Names
{
    private readonly Dictionary<string, string> ours = new(StringComparer.Ordinal);

    /// <summary>Whether the two texts are the same but for what servers make up; learns the pairs it meets.</summary>
    public bool Agree(string recorded, string actual)
    {
        var (theirs, mine) = (MadeUp().Matches(recorded), MadeUp().Matches(actual));
        if (theirs.Count != mine.Count)
        {
            return false;
        }

        foreach (var (old, now) in theirs.Zip(mine))
        {
            ours.TryAdd(old.Value, now.Value);
        }

        return Translate(recorded) == actual;
    }

    public string Translate(string recorded) =>
        MadeUp().Replace(recorded, match => ours.GetValueOrDefault(match.Value, match.Value));

    /// <summary>Bytes that are text are translated; others stay as they are.</summary>
    public byte[] Translate(byte[] recorded)
    {
        var text = Encoding.Latin1.GetString(recorded);
        return Encoding.Latin1.GetBytes(Translate(text));
    }

    [GeneratedRegex(@"[0-9a-f]{32}|\b[a-z]+-[a-z]+-[0-9]{1,3}\b", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex MadeUp();
}
