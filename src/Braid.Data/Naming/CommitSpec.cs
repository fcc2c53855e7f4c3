using System.Globalization;
using Braid.Primitives;

namespace Braid.Data.Naming;

/// <summary>
/// How a user points at a commit of a repo: <c>branch</c> (its head), <c>id</c> or <c>branch=id</c>; then any of <c>^</c>,
/// <c>^N</c>, <c>~N</c> (that many ancestors up) and <c>.N</c> (the N-th commit of the line, the oldest being 1).
/// </summary>
public sealed record CommitSpec
{
    private CommitSpec() { }

    /// <summary>The branch named, if any.</summary>
    public string? Branch { get; private init; }

    /// <summary>The commit named, if any; it wins over the branch.</summary>
    public CommitSetId? Id { get; private init; }

    /// <summary>Ancestors to go up after everything else.</summary>
    public long Up { get; private init; }

    /// <summary>The place, from 1, in the line from the oldest ancestor.</summary>
    public long? FromRoot { get; private init; }

    /// <summary>True when it names a branch's head and nothing more.</summary>
    public bool IsBranchHead => Branch is not null && Id is null && Up == 0 && FromRoot is null;

    public static CommitSpec OfBranch(string branch) => new() { Branch = branch };

    public static CommitSpec OfId(CommitSetId id) => new() { Id = id };

    /// <summary>The <paramref name="place"/>-th commit of a branch's line, the oldest being 1.</summary>
    public static CommitSpec OfRoot(string branch, long place) => new() { Branch = branch, FromRoot = place };

    /// <summary>The commit that many ancestors up.</summary>
    public CommitSpec Ancestor(long count) => this with { Up = Up + count };

    public static Result<CommitSpec> Parse(string text)
    {
        var end = text.AsSpan().IndexOfAny("^~.");
        return Base(end < 0 ? text : text[..end]).Then(spec => end < 0 ? spec : Suffixes(spec, text, end));
    }

    private static Result<CommitSpec> Base(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals >= 0)
        {
            return NameRules.Check(text[..equals]) is { } bad ? bad
                : CommitSetId.TryParse(text[(equals + 1)..], out var named)
                    ? new CommitSpec { Branch = text[..equals], Id = named }
                : Errors.BadCommitText(text);
        }

        if (CommitSetId.TryParse(text, out var id))
        {
            return OfId(id);
        }

        return NameRules.Check(text) is null ? OfBranch(text) : Errors.BadCommitText(text);
    }

    private static Result<CommitSpec> Suffixes(CommitSpec spec, string text, int at)
    {
        while (at < text.Length)
        {
            var mark = text[at++];
            var digits = at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }

            if (
                !TryCount(text.AsSpan(digits, at - digits), mark, out var count)
                || !spec.TryApply(mark, count, out spec)
            )
            {
                return Errors.BadCommitText(text);
            }
        }

        return spec.FromRoot <= spec.Up ? Errors.BadCommitText(text) : spec;
    }

    private static bool TryCount(ReadOnlySpan<char> digits, char mark, out long count)
    {
        count = 1;
        return digits.IsEmpty
            ? mark != '.'
            : long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out count)
                && count <= int.MaxValue;
    }

    private bool TryApply(char mark, long count, out CommitSpec next)
    {
        next = this;
        switch (mark)
        {
            case '^' or '~':
                next = this with { Up = Up + count };
                return true;
            case '.' when FromRoot is null && Up == 0 && count > 0:
                next = this with { FromRoot = count };
                return true;
            default:
                return false;
        }
    }

    public override string ToString() =>
        (Branch, Id) switch
        {
            (null, { } id) => id.ToString(),
            ({ } branch, { } id) => $"{branch}={id}",
            _ => Branch ?? "",
        }
        + (FromRoot is { } place ? $".{place}" : "")
        + (Up > 0 ? $"^{Up}" : "");
}
