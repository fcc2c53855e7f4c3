using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.OldForms;
using Braid.Cli.Tests.Verbs;
using Braid.Protos.Pfs;
using Braid.Protos.Pps;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Cli.Tests.OldForms;

/// <summary>The words of 1.x ask for the same as those of today, and print nothing more.</summary>
public sealed class OldFormTests : IAsyncLifetime
{
    private PachdFake pachd = null!; // set before each test

    public async Task InitializeAsync()
    {
        pachd = await PachdFake.StartAsync();
        pachd
            .Answers(PfsMethods.CreateRepo, new Empty())
            .Answers(PfsMethods.ListRepo, Samples.RepoInfo)
            .Answers(PfsMethods.InspectRepo, Samples.RepoInfo)
            .Answers(PfsMethods.DeleteRepo, new DeleteRepoResponse { Deleted = true })
            .Answers(PfsMethods.StartCommit, Samples.Commit())
            .Answers(PfsMethods.FinishCommit, new Empty())
            .Answers(PfsMethods.InspectCommit, Samples.Finished)
            .Answers(PfsMethods.ListCommit, Samples.Finished)
            .Answers(PfsMethods.SubscribeCommit, Samples.Finished)
            .Answers(PfsMethods.InspectCommitSet, Samples.Finished, Samples.Open)
            .Answers(PfsMethods.DropCommit, new DropCommitResponse())
            .Answers(PfsMethods.CreateBranch, new Empty())
            .Answers(PfsMethods.ListBranch, Samples.Branch)
            .Answers(PfsMethods.DeleteBranch, new Empty())
            .Answers(PfsMethods.ModifyFile, new Empty());
        pachd
            .Answers(PfsMethods.ListFile, Samples.File("/a", FileType.File, 1))
            .Answers(PfsMethods.GlobFile, Samples.File("/a", FileType.File, 1))
            .Answers(PfsMethods.InspectFile, Samples.File("/a", FileType.File, 1))
            .Answers(PpsMethods.InspectJobSet, Samples.Job(JobState.JobSuccess))
            .Answers(PpsMethods.InspectJob, Samples.Job(JobState.JobSuccess))
            .Answers(PpsMethods.StopJob, new Empty())
            .Answers(PpsMethods.ListDatum, Samples.Datum)
            .Answers(PpsMethods.GetLogs, new LogMessage { User = true, Message = "x" })
            .Answers(PpsMethods.InspectPipeline, Samples.Pipeline);
    }

    public async Task DisposeAsync() => await pachd.DisposeAsync();

    [Theory]
    [InlineData("create-repo images -d x", "create repo images -d x")]
    [InlineData("list-repo", "list repo")]
    [InlineData("inspect-repo images", "inspect repo images")]
    [InlineData("delete-repo images -f", "delete repo images -f")]
    [InlineData("start-commit images master -m x", "start commit images@master -m x")]
    [InlineData("start-commit images", "start commit images@master")]
    [InlineData("finish-commit images master", "finish commit images@master")]
    [InlineData("inspect-commit images master", "inspect commit images@master")]
    [InlineData("list-commit images", "list commit images")]
    [InlineData("list-commit images master -n 3", "list commit images@master -n 3")]
    [InlineData("delete-commit images master", "delete commitV2 images@master")]
    [InlineData("delete commit images@master", "delete commitV2 images@master")]
    [InlineData("subscribe-commit images master --new", "subscribe commit images@master --new")]
    [InlineData("create-branch images dev --head master", "create branch images@dev --head master")]
    [InlineData("set-branch images master dev", "create branch images@dev --head master")]
    [InlineData("list-branch images", "list branch images")]
    [InlineData("delete-branch images dev", "delete branch images@dev")]
    [InlineData("list-file images master", "list file images@master")]
    [InlineData("list-file images master /d", "list file images@master:/d")]
    [InlineData("glob-file images master /*", "glob file images@master:/*")]
    [InlineData("inspect-file images master /a", "inspect file images@master:/a")]
    [InlineData("delete-file images master /a", "delete file images@master:/a")]
    [InlineData("copy-file a master /x b dev /y", "copy file a@master:/x b@dev:/y -a")]
    [InlineData("copy-file a master /x b dev /y -o", "copy file a@master:/x b@dev:/y")]
    [InlineData("inspect-pipeline edges", "inspect pipeline edges")]
    [InlineData("inspect-job 0123456789ab4def8123456789abcdef", "inspect job 0123456789ab4def8123456789abcdef")]
    [InlineData("inspect job 0123456789ab4def8123456789abcdef -b", "wait job 0123456789ab4def8123456789abcdef")]
    [InlineData("inspect-job 0123456789ab4def8123456789abcdef -b", "wait job 0123456789ab4def8123456789abcdef")]
    [InlineData("stop-job 0123456789ab4def8123456789abcdef", "stop job 0123456789ab4def8123456789abcdef")]
    [InlineData("list-datum 0123456789ab4def8123456789abcdef", "list datum 0123456789ab4def8123456789abcdef")]
    [InlineData("get-logs --job=0123456789ab4def8123456789abcdef", "logs -j 0123456789ab4def8123456789abcdef")]
    [InlineData("flush-commit 0123456789ab4def8123456789abcdef", "wait commit 0123456789ab4def8123456789abcdef")]
    public async Task An_old_command_does_what_the_one_of_today_does(string old, string today)
    {
        var now = pachd.Cli;
        Assert.Equal(0, await now.RunAsync(today.Split(' ')));
        var expected = pachd.Requests;
        var then = pachd.Cli;
        Assert.Equal(0, await then.RunAsync(old.Split(' ')));
        Assert.Equal(expected, pachd.Requests.Skip(expected.Count));
        Assert.Equal((now.Out, now.Error), (then.Out, then.Error));
    }

    [Fact]
    public async Task Put_adds_to_what_is_there_unless_it_is_to_replace_it()
    {
        var cli = new CliRun { Input = "x"u8.ToArray() }.With("PACHD_ADDRESS", pachd.Address);
        Assert.Equal(0, await cli.RunAsync("put-file", "images", "master", "/a", "-c"));
        Assert.Equal(["SetCommit", "AddFile"], Kinds());
        Assert.Equal(0, await cli.RunAsync("put-file", "images", "master", "/a", "-o"));
        Assert.Equal(["SetCommit", "DeleteFile", "AddFile"], Kinds().Skip(2));
    }

    [Fact]
    public async Task A_flush_resolves_branches_and_shows_the_repos_that_are_wanted()
    {
        var cli = pachd.Cli;
        Assert.Equal(0, await cli.RunAsync("flush", "commit", "images@master", "images/master", "-r", "edges"));
        Assert.Equal(Samples.Id, Assert.Single(pachd.Requests.OfType<InspectCommitSetRequest>()).CommitSet.Id);
        Assert.Contains("edges", cli.Out);
        Assert.DoesNotContain("images", cli.Out);
    }

    [Fact]
    public async Task A_job_id_that_several_pipelines_share_must_be_told_apart()
    {
        var other = Samples.Job(JobState.JobSuccess);
        other.Job.Pipeline.Name = "montage";
        pachd.Answers(PpsMethods.DeleteJob, new Empty());
        await using var two = await PachdFake.StartAsync();
        two.Answers(PpsMethods.InspectJobSet, Samples.Job(JobState.JobSuccess), other);
        var cli = two.Cli;
        Assert.Equal(1, await cli.RunAsync("delete-job", Samples.Id));
        Assert.Equal(
            $"several jobs have the id {Samples.Id}, name one: edges@{Samples.Id}, montage@{Samples.Id}\n",
            cli.Error
        );
    }

    [Theory]
    [InlineData("garbage-collect", 0, "Nothing to do: space is reclaimed by itself.")]
    [InlineData("port-forward", 0, "Nothing to do")]
    [InlineData("deploy local", 1, "deploy: a server is not deployed to Kubernetes: braid serve")]
    public async Task What_has_no_meaning_here_is_explained(string words, int code, string text)
    {
        var cli = pachd.Cli;
        Assert.Equal(code, await cli.RunAsync(words.Split(' ')));
        Assert.StartsWith(text, cli.Error);
        Assert.Empty(cli.Out);
    }

    [Fact]
    public void No_old_name_hides_one_of_today() =>
        Assert.All(CommandTable.All, command => Assert.Null(OldCommands.Find(command.Name.Split(' '))));

    private IEnumerable<string> Kinds() =>
        pachd.Requests.OfType<ModifyFileRequest>().Select(request => request.BodyCase.ToString());
}
