using System.Buffers;
using System.Text;
using Braid.Primitives;
using Braid.Storage.Trees;

namespace Braid.Data.Naming;

/// <summary>
/// Paths of files inside a commit: absolute, <c>/</c>-separated, any Unicode text but control characters and the signs of
/// the glob language. The stored form starts with <c>/</c> and does not end with one (the root is <c>/</c>).
/// </summary>
public static class FilePath
{
    private const int longestSegment = 1024;

    // What a tree holds; said here before bytes are sent that could not be kept.
    private const int longestPath = 4096;
    private const int deepestPath = 256;

    /// <summary>The root of a tree without files.</summary>
    internal static TreeEntry EmptyRoot { get; } = new("/", EntryKind.Directory, 0, 0, TreeRoot.Empty.Hash, null);

    private static readonly SearchValues<char> globSigns = SearchValues.Create("*?[]{}!()@+^");

    /// <summary>The stored form of a path to write to. Refused: empty, <c>.</c> and <c>..</c> segments, glob signs, control characters.</summary>
    public static Result<string> ForWriting(string path)
    {
        var stored = Stored(path);
        return (CheckText(stored) ?? CheckSegments(stored)) is { } error ? error : stored;
    }

    /// <summary>The stored form of a path to read from; it may hold anything, since what cannot exist is not found.</summary>
    public static string Stored(string path)
    {
        var trimmed = path.AsSpan().Trim('/');
        return $"/{trimmed}";
    }

    /// <summary>The segments of a stored path; none for the root.</summary>
    public static string[] Segments(string stored) => stored.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The stored path of a directory's child.</summary>
    public static string Join(string directory, string name) =>
        directory is "" or "/" ? $"/{name}" : $"{directory}/{name}";

    private static Error? CheckText(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) > longestPath)
        {
            return Errors.PathTooLong($"{longestPath} bytes of UTF-8");
        }

        var sign = path.AsSpan().IndexOfAny(globSigns);
        if (sign >= 0)
        {
            return Errors.GlobSignInPath(path, path[sign]);
        }

        return path.Any(c => char.IsControl(c)) || !IsWellFormed(path) ? Errors.BadPathText(path) : null;
    }

    private static Error? CheckSegments(string path)
    {
        foreach (var segment in path.AsSpan(1).Split('/'))
        {
            var text = path.AsSpan(1)[segment];
            if (text is "." or "..")
            {
                return Errors.RelativePath(path);
            }

            if (text.IsEmpty && path.Length > 1)
            {
                return Errors.EmptySegment(path);
            }

            if (text.Length > longestSegment)
            {
                return Errors.PathTooLong($"{longestSegment} characters in a segment");
            }
        }

        return path.AsSpan().Count('/') > deepestPath ? Errors.PathTooLong($"{deepestPath} segments") : null;
    }

    /// <summary>False when a surrogate stands alone: such text has no UTF-8 form.</summary>
    private static bool IsWellFormed(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsSurrogate(text[at]) && !(at + 1 < text.Length && char.IsSurrogatePair(text[at], text[++at])))
            {
                return false;
            }
        }

        return true;
    }
}
