using System.Diagnostics.CodeAnalysis;
using Braid.Primitives;

namespace Braid.Data.Globbing;

/// <summary>
/// A pattern over paths: <c>*</c> (within a segment), <c>**</c> (across segments), <c>?</c>, <c>[a-z]</c>, <c>[!a]</c>,
/// <c>{a,b}</c>, <c>?(a|b)</c>, <c>*(…)</c>, <c>+(…)</c>, <c>@(…)</c>, <c>!(…)</c>, and capture groups <c>(…)</c>;
/// <c>\</c> takes the next sign as it is. The leading slash is optional; a trailing one is ignored.
/// </summary>
public sealed class Glob
{
    /// <summary>The pattern as it was given.</summary>
    public required string Pattern { get; init; }

    public static Result<Glob> Parse(string pattern) => throw new NotImplementedException();

    /// <summary>True when the path (as listed: a directory's trailing slash is ignored) matches as a whole.</summary>
    public bool IsMatch(string path) => throw new NotImplementedException();

    /// <summary>As <see cref="IsMatch"/>; what the capture groups held, in order of their opening.</summary>
    public bool TryMatch(string path, [NotNullWhen(true)] out IReadOnlyList<string>? captures) =>
        throw new NotImplementedException();
}
