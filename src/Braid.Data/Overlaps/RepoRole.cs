namespace Braid.Data.Overlaps;

/// <summary>
/// What a repo is for. Repos of one project and different roles are meant to have no file in common: a model that was trained on
/// what it is tested with looks better than it is.
/// </summary>
public static class RepoRole
{
    /// <summary>The roles there are.</summary>
    public static IReadOnlyList<string> All { get; } = ["train", "validation", "test"];

    /// <summary>Of a repo whose role was not said.</summary>
    public const string None = "";

    internal static bool IsRole(string text) => text == None || All.Contains(text, StringComparer.Ordinal);
}
