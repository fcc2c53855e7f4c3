using Braid.Storage.Trees;

namespace Braid.Storage.Integrity;

/// <summary>Something that is wrong with stored content.</summary>
/// <param name="Path">Where in the tree: a file, or the directory (with a trailing '/') whose listing is damaged.</param>
/// <param name="Why">What is wrong, in words.</param>
public sealed record ContentProblem(string Path, string Why);

/// <summary>What a check of one tree or file found.</summary>
/// <param name="Stats">What the tree holds, counted; null when too little of it can be read to say.</param>
/// <param name="Problems">In path order.</param>
/// <param name="Unlisted">How many more there are: only the first thousand of a tree are kept.</param>
public sealed record ContentReport(TreeStats? Stats, IReadOnlyList<ContentProblem> Problems, long Unlisted)
{
    public bool IsSound => Problems.Count == 0;
}

/// <summary>Gathers the problems of one tree, as far as anybody wants to read them.</summary>
internal sealed class Findings
{
    private const int most = 1000;

    private readonly List<ContentProblem> problems = [];

    /// <summary>All of them, those not kept too.</summary>
    public long Count { get; private set; }

    public void Add(string path, string why)
    {
        Count++;
        if (problems.Count < most)
        {
            problems.Add(new(path, why));
        }
    }

    public ContentReport Report(TreeStats? stats) => new(stats, problems, Count - problems.Count);
}
