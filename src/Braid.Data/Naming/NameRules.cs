using System.Buffers;
using Braid.Primitives;

namespace Braid.Data.Naming;

/// <summary>What a project, repo or branch may be called: letters, digits, <c>_</c> and <c>-</c> of ASCII.</summary>
internal static class NameRules
{
    private const int longestProject = 51;
    private const int longest = 255;

    private static readonly SearchValues<char> allowed = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
    );

    public static Error? Check(string name) =>
        name.Length > longest ? Errors.NameTooLong(name, longest)
        : name.Length == 0 || name.AsSpan().ContainsAnyExcept(allowed) ? Errors.BadName(name)
        : null;

    public static Error? CheckProject(string name) =>
        Check(name)
        ?? (name.Length > longestProject ? Errors.ProjectNameTooLong(name, longestProject) : null)
        ?? (char.IsAsciiLetterOrDigit(name[0]) ? null : Errors.ProjectNameStart(name));
}
