using System.Text;
using System.Text.RegularExpressions;

namespace Braid.Gateway.Pachyderm.Tests.Recorded;

/// <summary>
/// Which id of this run stands for which id of the recording. Ids are random, 32 hex digits on the wire; they are learned
/// from answers, by their place, and put into the requests that use them.
/// </summary>
internal sealed partial class Identities
{
    private readonly Dictionary<string, string> nowByThen = new(StringComparer.Ordinal);

    /// <summary>The recorded bytes with the ids of this run; as long as before.</summary>
    public byte[] ForNow(byte[] recorded) => Encoding.Latin1.GetBytes(ForNow(Encoding.Latin1.GetString(recorded)));

    /// <inheritdoc cref="ForNow(byte[])"/>
    public string ForNow(string recorded) =>
        Id().Replace(recorded, then => nowByThen.GetValueOrDefault(then.Value, then.Value));

    /// <summary>The recorded text with the ids of this run, those that appear here for the first time included.</summary>
    public string Translate(string recorded, string actual)
    {
        foreach (var (then, now) in Id().Matches(recorded).Zip(Id().Matches(actual)))
        {
            nowByThen.TryAdd(then.Value, now.Value);
        }

        return ForNow(recorded);
    }

    [GeneratedRegex("(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();
}
