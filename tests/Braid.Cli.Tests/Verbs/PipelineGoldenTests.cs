using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Pps;
using Braid.Testing;

namespace Braid.Cli.Tests.Verbs;

/// <summary>What the verbs of pipelines, secrets and defaults print for records of which everything is known.</summary>
public sealed class PipelineGoldenTests
{
    [Theory]
    [InlineData("inspect pipeline edges", "inspect-pipeline-full")]
    [InlineData("list pipeline --spec", "list-pipeline-spec")]
    [InlineData("list pipeline --spec -o yaml", "list-pipeline-spec-yaml")]
    [InlineData("list pipeline --state crashing", "list-pipeline-state")]
    [InlineData("inspect job edges@0123456789ab4def8123456789abcdef", "inspect-job-running")]
    [InlineData("check status", "check-status")]
    [InlineData("list secret", "list-secret")]
    [InlineData("inspect secret clearml", "inspect-secret")]
    [InlineData("inspect defaults --cluster", "inspect-defaults")]
    [InlineData("inspect default", "inspect-defaults-project")]
    [InlineData("update defaults --regenerate --dry-run", "update-defaults")]
    public async Task The_output_is_golden(string words, string name)
    {
        await using var pachd = await ServerAsync();
        var cli = new CliRun { Input = "datum_tries: 2\n"u8.ToArray() }.With("PACHD_ADDRESS", pachd.Address);
        Assert.Equal(0, await cli.RunAsync(words.Split(' ')));
        Golden.Match($"tests/Braid.Cli.Tests/Golden/tables/{name}.txt", cli.Out);
    }

    [Fact]
    public async Task A_list_with_a_broken_pipeline_says_where_to_look()
    {
        await using var pachd = await ServerAsync();
        var cli = pachd.Cli;
        await cli.RunAsync("list", "pipeline");
        Assert.Equal(
            "One or more pipelines have encountered errors, use inspect pipeline to get more info.\n",
            cli.Error
        );
    }

    [Fact]
    public async Task A_state_that_there_is_not_is_answered_with_those_that_there_are()
    {
        await using var pachd = await ServerAsync();
        var cli = pachd.Cli;
        Assert.Equal(1, await cli.RunAsync("list", "job", "-p", "edges", "--state", "done"));
        Assert.StartsWith("there is no state \"done\": created, starting", cli.Error);
    }

    private static async Task<PachdFake> ServerAsync()
    {
        var pachd = await PachdFake.StartAsync();
        var edges = Samples.Pipeline.Pipeline;
        var alerts = new CheckStatusResponse
        {
            Project = edges.Project,
            Pipeline = edges,
            Alerts = { "workers crash", "job fails" },
        };
        return pachd
            .Answers(PpsMethods.InspectPipeline, Samples.FullPipeline)
            .Answers(PpsMethods.ListPipeline, Samples.Pipeline, Samples.FullPipeline)
            .Answers(PpsMethods.InspectJob, Samples.RunningJob)
            .Answers(PpsMethods.CheckStatus, alerts)
            .Answers(PpsMethods.ListSecret, new ListSecretResponse { SecretInfo = { Samples.Secret } })
            .Answers(PpsMethods.InspectSecret, Samples.Secret)
            .Answers(
                PpsMethods.GetClusterDefaults,
                new GetClusterDefaultsResponse { ClusterDefaultsJson = """{"datumTries":"3"}""" }
            )
            .Answers(PpsMethods.GetProjectDefaults, new GetProjectDefaultsResponse { ProjectDefaultsJson = "{}" })
            .Answers(PpsMethods.SetProjectDefaults, new SetProjectDefaultsResponse { AffectedPipelines = { edges } });
    }
}
