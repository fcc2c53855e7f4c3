using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Admin;
using Braid.Protos.Pfs;
using Braid.Testing;
using Google.Protobuf.WellKnownTypes;
using File = System.IO.File;

namespace Braid.Cli.Tests.Contexts;

/// <summary>A context remembers which server it belongs to.</summary>
public sealed class GreetingTests : IAsyncLifetime
{
    private readonly TempFolder home = new();
    private PachdFake pachd = null!; // set before each test

    public async Task InitializeAsync()
    {
        pachd = await PachdFake.StartAsync();
        pachd.Answers(PfsMethods.CreateRepo, new Empty());
    }

    public async Task DisposeAsync()
    {
        await pachd.DisposeAsync();
        home.Dispose();
    }

    [Fact]
    public async Task The_first_answer_is_remembered_and_the_token_is_sent()
    {
        Answer("d1");
        Write("");
        Assert.Equal(0, await Cli().RunAsync("create", "repo", "images"));
        Assert.Contains("\"cluster_deployment_id\": \"d1\"", Config);
        Assert.Equal("secret", pachd.Token);
    }

    [Fact]
    public async Task Another_server_at_the_same_address_is_refused_before_anything_is_done()
    {
        Answer("d2");
        Write("d1");
        var cli = Cli();
        Assert.Equal(1, await cli.RunAsync("create", "repo", "images"));
        Assert.Contains("deployment d2 instead of d1", cli.Error);
        Assert.Contains("braid config update context lab --remove-cluster-deployment-id", cli.Error);
        Assert.Empty(pachd.Requests.OfType<CreateRepoRequest>());
    }

    [Fact]
    public async Task What_the_server_has_to_say_goes_to_standard_error()
    {
        pachd.Answers(
            AdminMethods.InspectCluster,
            new ClusterInfo
            {
                DeploymentId = "d1",
                WarningsOk = true,
                Warnings = { "too old" },
                Paused = true,
            }
        );
        Write("d1");
        var cli = Cli();
        Assert.Equal(0, await cli.RunAsync("create", "repo", "images"));
        Assert.Equal("too old\nNOTE: this server is paused, which prevents many commands from working.\n", cli.Error);
    }

    [Fact]
    public async Task A_token_is_not_sent_to_another_address_than_its_contexts()
    {
        Answer("d1");
        File.WriteAllText(
            home.File("config.json"),
            """
            {"v2": {"active_context": "lab", "contexts": {"lab":
              {"pachd_address": "grpc://elsewhere:80", "session_token": "secret"}}}}
            """
        );
        Assert.Equal(0, await Cli().With("PACHD_ADDRESS", pachd.Address).RunAsync("create", "repo", "images"));
        Assert.Null(pachd.Token);
    }

    [Fact]
    public async Task An_address_of_the_environment_works_in_the_context_of_that_address()
    {
        Answer("d1");
        Write("d1", active: "");
        Assert.Equal(0, await Cli().With("PACHD_ADDRESS", pachd.Address).RunAsync("create", "repo", "images"));
        Assert.Equal("vision", pachd.Asked<CreateRepoRequest>().Repo.Project.Name);
        Assert.Equal("secret", pachd.Token);
    }

    [Fact]
    public async Task A_context_that_does_not_exist_is_named()
    {
        Write("d1");
        var cli = Cli().With("PACH_CONTEXT", "nope");
        Assert.Equal(1, await cli.RunAsync("create", "repo", "images"));
        Assert.StartsWith("PACH_CONTEXT refers to a context (\"nope\") that does not exist", cli.Error);
    }

    private string Config => File.ReadAllText(home.File("config.json"));

    private void Answer(string deployment) =>
        pachd.Answers(AdminMethods.InspectCluster, new ClusterInfo { DeploymentId = deployment });

    private CliRun Cli() => new CliRun().With("PACH_CONFIG", home.File("config.json"));

    private void Write(string deployment, string active = "lab") =>
        File.WriteAllText(
            home.File("config.json"),
            $$$"""
            {"v2": {"active_context": "{{{active}}}", "contexts": {"lab": {"pachd_address": "{{{pachd.Address}}}",
              "session_token": "secret", "project": "vision", "cluster_deployment_id": "{{{deployment}}}"} } } }
            """
        );
}
