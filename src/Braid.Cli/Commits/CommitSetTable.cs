using Braid.Cli.CommandLine;
using Braid.Cli.Output;
using Braid.Protos.Pfs;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Cli.Commits;

/// <summary>Commit sets as lines of a table, or as they came.</summary>
internal sealed class CommitSetTable(Invocation call)
{
    private readonly RecordFormat? format = RecordFormat.Of(call);
    private readonly Table table = new(call.Out, "ID", "SUBCOMMITS", "PROGRESS", "CREATED", "MODIFIED");

    public void Add(CommitSetInfo set)
    {
        if (format is not null)
        {
            format.Print(set);
            return;
        }

        var finished = set.Commits.Count(commit => commit.Finished is not null && commit.Error.Length == 0);
        var failed = set.Commits.Count(commit => commit.Error.Length > 0);
        table.Add(
            set.CommitSet.Id,
            set.Commits.Count.ToString(),
            ProgressBar.Of(call.Style, finished, failed, set.Commits.Count),
            call.Style.Time(set.Commits.Select(commit => commit.Started).Where(IsSet).MinBy(AsTime)),
            call.Style.Time(set.Commits.Select(commit => commit.Started).Where(IsSet).MaxBy(AsTime))
        );
    }

    public void Finish()
    {
        if (format is null)
        {
            table.Finish();
        }
    }

    private static bool IsSet(Timestamp? time) => time is not null;

    private static DateTimeOffset AsTime(Timestamp time) => time.ToDateTimeOffset();
}
