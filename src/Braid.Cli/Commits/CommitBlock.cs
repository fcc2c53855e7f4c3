using Braid.Cli.CommandLine;
using Braid.Cli.Naming;
using Braid.Cli.Output;
using Braid.Protos.Pfs;

namespace Braid.Cli.Commits;

/// <summary>One commit as a block of lines, or as it came.</summary>
internal static class CommitBlock
{
    public static void Write(Invocation call, RecordFormat? format, CommitInfo commit)
    {
        if (format is not null)
        {
            format.Print(commit);
            return;
        }

        var fields = new FieldList(call.Out);
        fields.Write("Commit", Names.Of(commit.Commit));
        fields.Write("Description", commit.Description);
        fields.WriteGiven("Parent", commit.ParentCommit?.Id ?? "");
        fields.Write("Started", call.Style.Time(commit.Started));
        fields.WriteGiven("Finished", commit.Finished is null ? "" : call.Style.Time(commit.Finished));
        fields.WriteGiven("Error", commit.Error);
        fields.Write("Size", CommitTable.SizeOf(commit));
    }
}
