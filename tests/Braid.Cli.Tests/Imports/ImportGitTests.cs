using System.Diagnostics;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Tests.Verbs;
using Braid.Protos.Pfs;
using Braid.Testing;
using Google.Protobuf.WellKnownTypes;
using File = System.IO.File;

namespace Braid.Cli.Tests.Imports;

/// <summary>Real git repositories, made by the git program.</summary>
public sealed class ImportGitTests : IAsyncLifetime
{
    private PachdFake pachd = null!; // set before each test
    private readonly TempFolder folder = new();

    public async Task InitializeAsync()
    {
        pachd = await PachdFake.StartAsync();
        pachd
            .Answers(PfsMethods.StartCommit, Samples.Commit())
            .Answers(PfsMethods.FinishCommit, new Empty())
            .Answers(PfsMethods.DropCommitSet, new Empty());
    }

    public async Task DisposeAsync()
    {
        await pachd.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Tracked_files_as_committed_take_the_place_of_the_folder()
    {
        pachd.Answers(PfsMethods.ModifyFile, new Empty());
        Git("init", "--quiet", "--initial-branch=main");
        Write("a.txt", "committed");
        Write("dir/ünï code", "two");
        Write("empty", "");
        Write(".gitattributes", "dir export-ignore\n");
        File.CreateSymbolicLink(folder.File("link"), "dir/ünï code");
        File.CreateSymbolicLink(folder.File("out"), "/etc/hostname");
        Commit("The first");
        Write("a.txt", "changed since");
        Write("untracked", "x");
        var cli = pachd.Cli;
        Assert.Equal(0, await cli.RunAsync("import", "git", folder.Path, "images@master:/src"));
        Assert.Equal(
            [
                "delete /src/",
                "add /src/.gitattributes dir export-ignore\n",
                "add /src/a.txt committed",
                "add /src/dir/ünï code two",
                "add /src/empty ",
                "add /src/link two",
            ],
            Words()
        );
        Assert.Equal("left out out: a link that leads to no tracked file\n", cli.Error);
        Assert.Equal($"git {Git("rev-parse", "HEAD")} The first", pachd.Asked<StartCommitRequest>().Description);
        Assert.Single(pachd.Requests.OfType<FinishCommitRequest>());
    }

    [Fact]
    public async Task An_address_is_fetched_at_the_named_reference()
    {
        pachd.Answers(PfsMethods.ModifyFile, new Empty());
        Git("init", "--quiet", "--initial-branch=main");
        Write("a", "old");
        Commit("Old");
        Git("tag", "v1");
        Write("a", "new");
        Commit("New");
        var source = $"git+file://{folder.Path}#v1";
        Assert.Equal(0, await pachd.Cli.RunAsync("put", "file", "images@master:/", "-f", source));
        Assert.Equal(["delete /a", "add /a old"], Words());
    }

    [Fact]
    public async Task What_git_says_is_what_the_user_reads()
    {
        var cli = pachd.Cli;
        Assert.Equal(1, await cli.RunAsync("import", "git", folder.Path, "images@master"));
        Assert.StartsWith("git rev-parse: fatal: not a git repository", cli.Error);
        Assert.Empty(pachd.Requests);
    }

    [Fact]
    public async Task A_refused_import_leaves_no_open_commit()
    {
        Git("init", "--quiet");
        Write("a", "x");
        Commit("One");
        Assert.Equal(1, await pachd.Cli.RunAsync("import", "git", folder.Path, "images@master"));
        Assert.Equal(Samples.Commit().Id, pachd.Asked<DropCommitSetRequest>().CommitSet.Id);
    }

    private IEnumerable<string> Words() =>
        pachd
            .Requests.OfType<ModifyFileRequest>()
            .Skip(1)
            .Select(request =>
                request.DeleteFile is { } gone
                    ? $"delete {gone.Path}"
                    : $"add {request.AddFile.Path} {request.AddFile.Raw.ToStringUtf8()}"
            );

    private void Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
        File.WriteAllText(folder.File(name), content);
    }

    private void Commit(string message)
    {
        Git("add", "--all");
        Git("-c", "user.name=n", "-c", "user.email=e@example.com", "commit", "--quiet", "-m", message);
    }

    private string Git(params string[] words)
    {
        var start = new ProcessStartInfo("git", ["-C", folder.Path, .. words])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var git = Process.Start(start)!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return output.Trim();
    }
}
