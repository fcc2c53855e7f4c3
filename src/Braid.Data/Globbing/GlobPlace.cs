using System.Text;

namespace Braid.Data.Globbing;

/// <summary>
/// A directory that a search has come to, and the path that nothing is wanted before. What it says to begin after lies a
/// little before that path: a marker is left out, and the path itself is wanted.
/// </summary>
internal readonly record struct GlobPlace(string Directory, string From)
{
    /// <summary>False when all that is below the directory comes before what is wanted.</summary>
    public bool IsWanted =>
        Leads || Encoding.UTF8.GetBytes(Directory).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(From)) >= 0;

    /// <summary>The path to begin after; null for the beginning.</summary>
    public string? After => Leads && From.Length > Directory.Length ? Before(From) : null;

    /// <summary>The name in the directory to begin after; null for the beginning.</summary>
    public string? AfterName
    {
        get
        {
            var name = Leads ? From[Directory.Length..].Split('/')[0] : "";
            return name.Length > 1 ? Before(name) : null;
        }
    }

    private bool Leads => From.StartsWith(Directory, StringComparison.Ordinal);

    public GlobPlace Below(string directory) => new(directory, From);

    /// <summary>The text without its last sign, which comes before it; half a pair of surrogates would be no text.</summary>
    private static string Before(string text)
    {
        var shorter = text[..^1];
        return shorter.Length > 0 && char.IsHighSurrogate(shorter[^1]) ? shorter[..^1] : shorter;
    }
}
