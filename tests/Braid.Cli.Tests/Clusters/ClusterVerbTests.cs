using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Tests.Verbs;
using Braid.Protos.Admin;
using Braid.Protos.Auth;
using Braid.Protos.Metadata;
using Braid.Protos.Pfs;
using Braid.Protos.Pps;
using Braid.Testing;
using Google.Protobuf.WellKnownTypes;
using File = System.IO.File;

namespace Braid.Cli.Tests.Clusters;

/// <summary>The commands about the server as a whole.</summary>
public sealed class ClusterVerbTests : IAsyncLifetime
{
    private PachdFake pachd = null!; // set before each test

    public async Task InitializeAsync() => pachd = await PachdFake.StartAsync();

    public async Task DisposeAsync() => await pachd.DisposeAsync();

    [Theory]
    [InlineData("y\n", 0)]
    [InlineData("no\n", 1)]
    [InlineData("", 1)]
    public async Task Everything_is_deleted_only_after_a_yes(string answer, int code)
    {
        pachd
            .Answers(PfsMethods.ListRepo, Samples.RepoInfo)
            .Answers(PpsMethods.ListPipeline, Samples.Pipeline)
            .Answers(PpsMethods.DeleteAll, new Empty())
            .Answers(PfsMethods.DeleteAll, new Empty());
        var cli = new CliRun { Input = System.Text.Encoding.UTF8.GetBytes(answer) }.With(
            "PACHD_ADDRESS",
            pachd.Address
        );
        Assert.Equal(code, await cli.RunAsync("delete", "all"));
        Assert.StartsWith("Repos to delete: default/images\nPipelines to delete: default/edges\n", cli.Error);
        Assert.Contains("Are you sure you want to do this? (y/N): ", cli.Error);
        Assert.Equal(code == 0 ? 2 : 0, pachd.Requests.OfType<Empty>().Count());
    }

    [Fact]
    public async Task The_server_says_who_it_is()
    {
        pachd.Answers(AdminMethods.InspectCluster, new ClusterInfo { Id = "c1", DeploymentId = "d1" });
        var cli = pachd.Cli;
        await cli.RunAsync("inspect", "cluster");
        Assert.Equal("c1\n", cli.Out);
        await cli.RunAsync("inspect", "cluster", "--raw");
        Assert.Contains("\"deployment_id\": \"d1\"", cli.Out);
    }

    [Fact]
    public async Task Versions_stand_in_columns_and_can_be_compared()
    {
        pachd.Answers(VersionMethods.GetVersion, new Protos.Version.Version { Major = 2, Minor = 11 });
        var cli = pachd.Cli;
        Assert.Equal(1, await cli.RunAsync("version", "--compare"));
        Assert.Matches(
            "^COMPONENT           VERSION             \nbraid               .*\npachd               2.11.0 +\n$",
            cli.Out
        );
    }

    [Fact]
    public async Task A_token_is_kept_in_the_context_and_forgotten_again()
    {
        using var home = new TempFolder();
        pachd.Answers(AuthMethods.WhoAmI, new WhoAmIResponse { Username = "user:ada" });
        var login = new CliRun { Input = "secret\n"u8.ToArray() }.With("PACHD_ADDRESS", pachd.Address);
        Assert.Equal(0, await login.With("HOME", home.Path).RunAsync("auth", "use-auth-token"));
        Assert.Contains("\"session_token\": \"secret\"", await File.ReadAllTextAsync(home.File(".braid/config.json")));
        var cli = pachd.Cli.With("HOME", home.Path);
        Assert.Equal(0, await cli.RunAsync("auth", "whoami"));
        Assert.Equal(("You are \"user:ada\"\n", "secret"), (cli.Out, pachd.Token));
        await cli.RunAsync("auth", "logout");
        await cli.RunAsync("auth", "whoami");
        Assert.Null(pachd.Token);
    }

    [Fact]
    public async Task Metadata_of_several_things_is_edited_at_once()
    {
        pachd.Answers(MetadataMethods.EditMetadata, new EditMetadataResponse());
        var cli = pachd.Cli;
        string[] words =
        [
            .. "edit metadata cluster . add a=b project vision delete key repo vision/images.meta edit".Split(' '),
            "\"x=1\"='y;z'",
            .. "branch images@dev replace k=v;l=w commit".Split(' '),
            $"images@{Samples.Id}",
            "replace",
            """{"m":"n"}""",
        ];
        Assert.Equal(0, await cli.RunAsync(words));
        var edits = pachd.Asked<EditMetadataRequest>().Edits;
        Assert.Equal(("a", "b"), (edits[0].AddKey.Key, edits[0].AddKey.Value));
        Assert.Equal(("vision", "key"), (edits[1].Project.Name, edits[1].DeleteKey.Key));
        Assert.Equal(
            ("images", "meta", "vision"),
            (edits[2].Repo.Name.Name, edits[2].Repo.Name.Type, edits[2].Repo.Name.Project.Name)
        );
        Assert.Equal(("x=1", "y;z"), (edits[2].EditKey.Key, edits[2].EditKey.Value));
        Assert.Equal(["k", "l"], edits[3].Replace.Replacement.Keys.Order());
        Assert.Equal(("dev", "default"), (edits[3].Branch.Name.Name, edits[3].Branch.Name.Repo.Name.Project.Name));
        Assert.Equal((Samples.Id, "n"), (edits[4].Commit.Id.Id, edits[4].Replace.Replacement["m"]));
    }

    [Theory]
    [InlineData("edit metadata cluster . add a=b more", "must supply arguments in multiples of 4")]
    [InlineData("edit metadata cluster . add a", "\"a\" is not key=value")]
    [InlineData(
        "edit metadata moon . add a=b",
        "unknown object type \"moon\": cluster, project, repo, branch or commit"
    )]
    [InlineData("edit metadata cluster . replace a=b;a=c", "duplicate key \"a\"")]
    public async Task What_is_no_edit_is_refused(string words, string message)
    {
        var cli = pachd.Cli;
        Assert.Equal(1, await cli.RunAsync(words.Split(' ')));
        Assert.Equal(message + "\n", cli.Error);
    }
}
