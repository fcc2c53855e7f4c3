using Braid.Cli.CommandLine;
using Braid.Cli.Naming;
using Braid.Cli.Output;
using Braid.Protos.Pfs;

namespace Braid.Cli.Commits;

/// <summary>Commits as lines of a table, or as they came.</summary>
internal sealed class CommitTable(Invocation call)
{
    private readonly RecordFormat? format = RecordFormat.Of(call);
    private readonly Table table = new(
        call.Out,
        "PROJECT",
        "REPO",
        "COMMIT",
        "FINISHED",
        "SIZE",
        "ORIGIN",
        "CREATOR",
        "DESCRIPTION"
    );

    public void Add(CommitInfo commit)
    {
        if (format is not null)
        {
            format.Print(commit);
            return;
        }

        var repo = Names.RepoOf(commit.Commit);
        table.Add(
            repo.Project?.Name ?? "",
            Names.Of(repo),
            commit.Commit.Id,
            call.Style.Time(commit.Finished),
            SizeOf(commit),
            (commit.Origin?.Kind ?? OriginKind.Unknown).ToString().ToUpperInvariant(),
            commit.CreatedBy.Length > 0 ? commit.CreatedBy : Style.Missing,
            commit.Description
        );
    }

    public void Finish()
    {
        if (format is null)
        {
            table.Finish();
        }
    }

    /// <summary>Exact once the commit is finished.</summary>
    public static string SizeOf(CommitInfo commit) =>
        commit.Details is { } details ? Sizes.Words(details.SizeBytes) : Sizes.AtMost(commit.SizeBytesUpperBound);
}
