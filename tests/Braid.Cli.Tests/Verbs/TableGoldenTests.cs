using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Pfs;
using Braid.Protos.Pps;
using Braid.Testing;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Cli.Tests.Verbs;

/// <summary>What every listing and inspection prints for the same records.</summary>
public sealed class TableGoldenTests
{
    [Theory]
    [InlineData("list repo")]
    [InlineData("inspect repo images")]
    [InlineData("list repo --raw")]
    [InlineData("list repo --raw -o yaml")]
    [InlineData("list project")]
    [InlineData("inspect project default")]
    [InlineData("list commit images")]
    [InlineData("list commit 0123456789ab4def8123456789abcdef")]
    [InlineData("list commit")]
    [InlineData("list commit -x")]
    [InlineData("find commit images@master:/liberty.png")]
    [InlineData("find commit images@master:/liberty.png --json")]
    [InlineData("wait commit 0123456789ab4def8123456789abcdef")]
    [InlineData("inspect commit images@master")]
    [InlineData("wait commit images@master")]
    [InlineData("list branch images")]
    [InlineData("inspect branch images@dev")]
    [InlineData("list file images@master")]
    [InlineData("glob file images@master:/*")]
    [InlineData("inspect file images@master:/liberty.png")]
    [InlineData("diff file images@master --name-only")]
    [InlineData("list pipeline")]
    [InlineData("inspect pipeline edges")]
    [InlineData("list job")]
    [InlineData("list job -p edges")]
    [InlineData("list job 0123456789ab4def8123456789abcdef")]
    [InlineData("list job -p edges --full-timestamps")]
    [InlineData("inspect job edges@0123456789ab4def8123456789abcdef")]
    [InlineData("list datum edges@0123456789ab4def8123456789abcdef")]
    [InlineData("inspect datum edges@0123456789ab4def8123456789abcdef aaaa")]
    [InlineData("logs -p edges")]
    [InlineData("logs -p edges --raw")]
    public async Task The_output_is_golden(string words)
    {
        await using var pachd = await ServerAsync();
        var cli = pachd.Cli;
        Assert.Equal(0, await cli.RunAsync(words.Split(' ')));
        Assert.Empty(cli.Error);
        Golden.Match($"tests/Braid.Cli.Tests/Golden/tables/{FileName(words)}.txt", cli.Out);
    }

    private static string FileName(string words) =>
        string.Join('-', words.Replace(Samples.Id, "ID").Split(' ', ':', '/', '@', '*').Where(word => word.Length > 0));

    private static async Task<PachdFake> ServerAsync()
    {
        var pachd = await PachdFake.StartAsync();
        pachd
            .Answers(PfsMethods.ListRepo, Samples.RepoInfo, Samples.RepoInfo)
            .Answers(PfsMethods.InspectRepo, Samples.RepoInfo)
            .Answers(PfsMethods.ListProject, Project)
            .Answers(PfsMethods.InspectProjectV2, new InspectProjectV2Response { Info = Project, DefaultsJson = "{}" })
            .Answers(PfsMethods.ListCommit, Samples.Finished, Samples.Open)
            .Answers(PfsMethods.InspectCommitSet, Samples.Finished, Samples.Open)
            .Answers(PfsMethods.InspectCommit, Samples.Finished)
            .Answers(PfsMethods.ListCommitSet, Set)
            .Answers(PfsMethods.ListBranch, Samples.Branch)
            .Answers(PfsMethods.InspectBranch, Samples.Branch)
            .Answers(
                PfsMethods.FindCommits,
                new FindCommitsResponse { FoundCommit = Samples.Commit() },
                new FindCommitsResponse { LastSearchedCommit = Samples.Commit(), CommitsSearched = 2 }
            );
        pachd
            .Answers(PfsMethods.ListFile, Folder, Picture)
            .Answers(PfsMethods.GlobFile, Folder, Picture)
            .Answers(PfsMethods.InspectFile, Picture)
            .Answers(PfsMethods.DiffFile, new DiffFileResponse { NewFile = Picture, OldFile = Folder });
        pachd
            .Answers(PpsMethods.ListPipeline, Samples.Pipeline)
            .Answers(PpsMethods.InspectPipeline, Samples.Pipeline)
            .Answers(
                PpsMethods.ListJobSet,
                new JobSetInfo
                {
                    JobSet = new() { Id = Samples.Id },
                    Jobs = { Jobs },
                }
            )
            .Answers(PpsMethods.ListJob, Jobs)
            .Answers(PpsMethods.InspectJobSet, Jobs)
            .Answers(PpsMethods.InspectJob, Jobs[0])
            .Answers(PpsMethods.ListDatum, Samples.Datum)
            .Answers(PpsMethods.InspectDatum, Samples.Datum)
            .Answers(PpsMethods.GetLogs, Line("epoch 1", user: true), Line("worker started", user: false));
        return pachd;
    }

    private static ProjectInfo Project =>
        new()
        {
            Project = new() { Name = "default" },
            Description = "the first",
            CreatedAt = Samples.Ago(120),
        };

    private static CommitSetInfo Set =>
        new()
        {
            CommitSet = new() { Id = Samples.Id },
            Commits = { Samples.Finished, Samples.Open },
        };

    private static Protos.Pfs.FileInfo Folder => Samples.File("/dir/", FileType.Dir, 3145728);

    private static Protos.Pfs.FileInfo Picture => Samples.File("/liberty.png", FileType.File, 58381);

    private static JobInfo[] Jobs =>
        [
            Samples.Job(JobState.JobSuccess),
            Samples.Job(JobState.JobFailure, "datum 6f1e failed because it could not read its input"),
            new() { Job = Samples.Job(JobState.JobCreated).Job, State = JobState.JobCreated },
        ];

    private static LogMessage Line(string text, bool user) =>
        new()
        {
            PipelineName = "edges",
            Message = text,
            User = user,
            Ts = Samples.Ago(120),
        };
}
