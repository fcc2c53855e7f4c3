using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Braid.Primitives;

namespace Braid.Data.Globbing;

/// <summary>
/// A pattern over paths: <c>*</c> (within a segment), <c>**</c> (across segments), <c>?</c>, <c>[a-z]</c>, <c>[!a]</c>,
/// <c>{a,b}</c>, <c>?(a|b)</c>, <c>*(…)</c>, <c>+(…)</c>, <c>@(…)</c>, <c>!(…)</c>, and capture groups <c>(…)</c> (those
/// with a sign before them capture too); <c>\</c> takes the next sign as it is. The leading slash is optional; a trailing
/// one is ignored; <c>/</c> and the empty pattern are the root, which nothing else matches.
/// </summary>
public sealed class Glob
{
    private const int longest = 4096;
    private const int mostNegations = 8;
    private const string signs = "*?[]{}!()@+^\\";

    /// <summary>Made when it is first asked: most searches go by the segments alone.</summary>
    private readonly Lazy<Regex> paths;

    private Glob(string pattern, IReadOnlyList<GlobNode> nodes)
    {
        Pattern = pattern;
        IsRoot = nodes.Count == 0;
        paths = new(() => GlobRegex.Compile(nodes));
        (Segments, DeepPrefix) = Split(nodes);
        IsPlain = DeepPrefix is null && Segments.All(segment => segment.IsPlain);
    }

    /// <summary>The pattern as it was given.</summary>
    public string Pattern { get; }

    internal bool IsRoot { get; }

    /// <summary>True when a path matches exactly if its segments match <see cref="Segments"/>, and nothing is captured.</summary>
    internal bool IsPlain { get; }

    /// <summary>The leading part of the pattern that stands for one path segment each.</summary>
    internal IReadOnlyList<GlobSegment> Segments { get; }

    /// <summary>Null when <see cref="Segments"/> is all; else what comes after them can be of any depth and begins so.</summary>
    internal string? DeepPrefix { get; }

    /// <summary>True when the text is more than a plain path.</summary>
    public static bool IsPattern(string text) => text.AsSpan().ContainsAny(signs);

    public static Result<Glob> Parse(string pattern)
    {
        if (pattern.Length > longest)
        {
            return Errors.BadGlob($"{pattern.AsSpan(0, 32)}...", $"longer than {longest} characters");
        }

        if (!GlobParser.Parse(pattern, pattern.Trim('/')).TryGet(out var nodes, out var error))
        {
            return error;
        }

        return GlobRegex.Negations(nodes) > mostNegations
            ? Errors.BadGlob(pattern, $"more than {mostNegations} groups with '!'")
            : new Glob(pattern, nodes);
    }

    /// <summary>True when the path (as listed: slashes around it are ignored) matches as a whole.</summary>
    public bool IsMatch(string path) =>
        Normal(path) is var text && (text.Length == 0) == IsRoot && paths.Value.IsMatch(text);

    /// <summary>As <see cref="IsMatch"/>; what the capture groups held, in order of their opening.</summary>
    public bool TryMatch(string path, [NotNullWhen(true)] out IReadOnlyList<string>? captures)
    {
        var text = Normal(path);
        var match = paths.Value.Match(text);
        var matched = match.Success && (text.Length == 0) == IsRoot;
        captures = matched ? [.. match.Groups.Values.Skip(1).Select(group => group.Value)] : null;
        return matched;
    }

    public override string ToString() => Pattern;

    private static string Normal(string path) => path.Trim('/');

    private static (IReadOnlyList<GlobSegment> Segments, string? DeepPrefix) Split(IReadOnlyList<GlobNode> nodes)
    {
        var segments = new List<GlobSegment>();
        var current = new List<GlobNode>();
        foreach (var node in nodes)
        {
            if (node is GlobNode.Literal { Sign: '/' })
            {
                segments.Add(new(current));
                current = [];
                continue;
            }

            current.Add(node);
            if (node.Crosses)
            {
                return (segments, new GlobSegment(current).Prefix);
            }
        }

        if (current.Count > 0)
        {
            segments.Add(new(current));
        }

        return (segments, null);
    }
}
