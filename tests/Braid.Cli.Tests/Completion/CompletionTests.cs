using System.Diagnostics;
using Braid.Cli.Completion;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Tests.Verbs;
using Braid.Protos.Pfs;
using Braid.Protos.Pps;
using Braid.Testing;
using Google.Protobuf.WellKnownTypes;
using File = System.IO.File;

namespace Braid.Cli.Tests.Completion;

public sealed class CompletionTests : IAsyncLifetime
{
    private PachdFake pachd = null!; // set before each test

    public async Task InitializeAsync()
    {
        pachd = await PachdFake.StartAsync();
        pachd
            .Answers(PfsMethods.ListRepo, Samples.RepoInfo, new RepoInfo { Repo = Samples.Repo("labels") })
            .Answers(PfsMethods.ListBranch, Samples.Branch)
            .Answers(PfsMethods.ListProject, new ProjectInfo { Project = new() { Name = "vision" } })
            .Answers(
                PfsMethods.GlobFile,
                Samples.File("/dir/", FileType.Dir, 1),
                Samples.File("/digits.csv", FileType.File, 1)
            )
            .Answers(PpsMethods.ListPipeline, Samples.Pipeline)
            .Answers(PpsMethods.ListJob, Samples.Job(JobState.JobSuccess));
    }

    public async Task DisposeAsync() => await pachd.DisposeAsync();

    [Theory]
    [InlineData("ins", "inspect")]
    [InlineData("list com", "commit")]
    [InlineData("config set ", "active-context|context|active-enterprise-context|metrics")]
    [InlineData("list commit --ori", "--origin")]
    [InlineData("inspect repo ", "images|labels")]
    [InlineData("inspect repo im", "images")]
    [InlineData("list commits la", "labels@")]
    [InlineData("start commit images@", "images@dev")]
    [InlineData("list file images@d", "images@dev:")]
    [InlineData("list file images@dev:/d", "images@dev:/dir/|images@dev:/digits.csv")]
    [InlineData("list file images@dev:d", "images@dev:dir/|images@dev:digits.csv")]
    [InlineData("diff file images@dev lab", "labels@")]
    [InlineData("list repo --project ", "vision")]
    [InlineData("list repo --raw -o ", "json|yaml")]
    [InlineData("put file images@dev -f ", ":files")]
    [InlineData("inspect pipeline e", "edges")]
    [InlineData("inspect job e", "edges@")]
    [InlineData("inspect job edges@", "edges@0123456789ab4def8123456789abcdef")]
    [InlineData("inspect repo images ", "")]
    public async Task A_word_becomes(string words, string found)
    {
        var cli = pachd.Cli;
        await cli.RunAsync(["__complete", .. words.Split(' ')]);
        Assert.Equal(found.Split('|', StringSplitOptions.RemoveEmptyEntries), cli.Out.Split('\n')[..^1]);
    }

    [Fact]
    public async Task Without_a_server_nothing_is_offered_and_nothing_is_said()
    {
        var cli = new CliRun().With("PACHD_ADDRESS", "127.0.0.1:1");
        Assert.Equal(1, await cli.RunAsync("__complete", "inspect", "repo", ""));
        Assert.Equal(("", ""), (cli.Out, cli.Error));
    }

    [Fact]
    public async Task A_script_can_be_installed()
    {
        using var home = new TempFolder();
        var cli = new CliRun().With("HOME", home.Path);
        Assert.Equal(0, await cli.RunAsync("completion", "fish", "--install"));
        Assert.Equal(
            ShellScripts.Find("fish")?.Script,
            await File.ReadAllTextAsync(home.File(".config/fish/completions/braid.fish"))
        );
    }

    /// <summary>Bash takes what follows an @ or a colon for a new word: the script must offer only that part.</summary>
    [Theory]
    [InlineData("braid inspect re", "repo", "repo")]
    [InlineData("braid list file images@d", "images@dev:", "dev:")]
    [InlineData("braid list file images@dev:/d", "images@dev:/dir/", "/dir/")]
    public async Task The_script_of_bash_works(string line, string found, string offered)
    {
        var script =
            ShellScripts.Find("bash")?.Script
            + $"\nbraid() {{ printf '%s\\n' '{found}'; }}\ncompopt() {{ :; }}\n"
            + $"COMP_LINE='{line}' COMP_POINT={line.Length}\n_braid\nprintf '%s' \"${{COMPREPLY[@]}}\"\n";
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var bash = Process.Start(start) ?? throw new InvalidOperationException("no bash");
        Assert.Equal(offered, await bash.StandardOutput.ReadToEndAsync());
    }
}
