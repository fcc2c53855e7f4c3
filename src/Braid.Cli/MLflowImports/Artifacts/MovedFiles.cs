using System.Text.RegularExpressions;

namespace Braid.Cli.MLflowImports.Artifacts;

/// <summary>Where the files of runs and logged models are now: whoever refers to them by their old place finds the new one here.</summary>
internal sealed partial class MovedFiles
{
    private readonly Dictionary<string, string> places = new(StringComparer.Ordinal);

    public void Add(string owner, string place) => places[owner] = place;

    /// <summary>The new place of a run's or model's files.</summary>
    public string? Of(string owner) => places.GetValueOrDefault(owner);

    /// <summary>An address below the files of a run or model (<c>.../ID/artifacts/PATH</c>) at the new place; null when none is in it.</summary>
    public string? Moved(string address)
    {
        var owned = Owned().Match(address);
        return owned.Success && Of(owned.Groups["id"].Value) is { } place
            ? place + address[(owned.Index + owned.Length)..]
            : null;
    }

    [GeneratedRegex(
        "/(?<id>(m-)?[0-9a-f]{32})/artifacts(?=/|$)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Owned();
}
