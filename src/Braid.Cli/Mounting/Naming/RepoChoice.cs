using Braid.Cli.CommandLine;

namespace Braid.Cli.Mounting.Naming;

/// <summary>A repo at a branch or commit, as a mount shows it.</summary>
/// <param name="Project">The project it is in.</param>
/// <param name="Repo">With its type, when that is another than user: <c>images.meta</c>.</param>
/// <param name="Reference">A branch, commit id or ancestor (<c>master^2</c>); null for the default branch.</param>
internal sealed record RepoChoice(string Project, string Repo, string? Reference)
{
    private const string branchSigns = "-_";

    /// <summary>Changes to it become a commit.</summary>
    public bool Writable { get; init; }

    /// <summary><c>images</c> or <c>images@dev</c>.</summary>
    public string Name => Reference is null ? Repo : $"{Repo}@{Reference}";

    /// <summary>It names a branch, which moves, and not a commit, which does not.</summary>
    public bool IsBranch => Reference is null || (Reference.Length != 32 && IsName(Reference));

    /// <summary>A directory's name; null when no repo can have it.</summary>
    public static RepoChoice? OfName(string project, string name)
    {
        var at = name.IndexOf('@', StringComparison.Ordinal);
        var (repo, reference) = at < 0 ? (name, null) : (name[..at], name[(at + 1)..]);
        var dot = repo.IndexOf('.', StringComparison.Ordinal);
        var isRepo = dot < 0 ? IsName(repo) : IsName(repo[..dot]) && IsName(repo[(dot + 1)..]);
        return isRepo && reference is not { Length: 0 } ? new(project, repo, reference) : null;
    }

    /// <summary><c>[project/]repo[@branch[=commit]][+w]</c>, as <c>-r</c> takes it.</summary>
    /// <exception cref="Failure">It is none.</exception>
    public static RepoChoice Parse(string project, string text)
    {
        var writable = text.EndsWith("+w", StringComparison.Ordinal);
        var rest = writable ? text[..^2] : text;
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var choice = OfName(slash < 0 ? project : rest[..slash], rest[(slash + 1)..]);
        if (choice is null || (slash >= 0 && !IsName(choice.Project)))
        {
            throw new Failure($"invalid format \"{text}\": expected repo[@branch][+w], for example images@master+w");
        }

        // repo@branch=id: the commit decides.
        var id = choice.Reference?.Split('=', 2) is [_, var given] ? given : choice.Reference;
        choice = choice with { Reference = id, Writable = writable };
        return writable && !choice.IsBranch
            ? throw new Failure($"cannot write to {choice.Name}: a commit never changes; name a branch")
            : choice;
    }

    public static bool IsName(string text) =>
        text.Length > 0 && text.All(sign => char.IsAsciiLetterOrDigit(sign) || branchSigns.Contains(sign));
}
