using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Development;

namespace Braid.Cli.Tests.Development;

public sealed class DevSpecTests
{
    [Fact]
    public void Every_branch_that_is_read_becomes_a_repo_of_its_own()
    {
        var spec = Of(
            """
            {
              "pipeline": {"name": "p", "project": {"name": "vision"}},
              "input": {"cross": [
                {"pfs": {"repo": "images", "glob": "/*"}},
                {"union": [
                  {"pfs": {"name": "dev", "repo": "images", "branch": "dev", "glob": "/"}},
                  {"pfs": {"name": "far", "project": "other", "repo": "images", "trigger": {"size": "1"}}}
                ]}
              ]}
            }
            """
        );
        Assert.Equal(
            [
                new("images", "images", "images"),
                new("dev", "images-dev", "images"),
                new("far", "other-images", "images"),
            ],
            spec.Inputs
        );
        Assert.Equal(
            """{"cross":[{"pfs":{"repo":"images","glob":"/*","name":"images","branch":"trial"}},"""
                + """{"union":[{"pfs":{"name":"dev","repo":"images-dev","branch":"trial","glob":"/"}},"""
                + """{"pfs":{"name":"far","repo":"other-images","branch":"trial"}}]}]}""",
            spec.Spec["input"]?.ToJsonString()
        );
        Assert.Equal("""{"name":"p"}""", spec.Spec["pipeline"]?.ToJsonString());
    }

    [Fact]
    public void A_clock_becomes_a_repo_of_ticks()
    {
        var spec = Of("""{"input": {"cron": {"name": "tick", "spec": "@daily"}}}""");
        Assert.Equal([new("tick", "tick", "tick")], spec.Inputs);
        Assert.Equal(
            """{"pfs":{"name":"tick","repo":"tick","glob":"/*","branch":"trial"}}""",
            spec.Spec["input"]?.ToJsonString()
        );
    }

    [Fact]
    public void Secrets_come_from_the_environment_or_are_said_to_be_missing()
    {
        var spec = Of(
            """
            {"transform": {"env": {"A": "1"}, "secrets": [
              {"name": "s", "key": "k", "env_var": "TOKEN"}, {"name": "t", "mount_path": "/t"}
            ]}}
            """
        );
        Assert.Equal("""{"env":{"A":"1","TOKEN":"value of TOKEN"}}""", spec.Spec["transform"]?.ToJsonString());
        Assert.Equal(["the secret t is not there: set what it mounts yourself"], spec.Notes);
    }

    [Fact]
    public void Nothing_reaches_others_and_a_datum_is_tried_once()
    {
        var spec = Of(
            """{"egress": {"URL": "s3://x"}, "datumTries": 5, "autoscaling": true, "output_branch": "dev"}"""
        );
        Assert.Equal("""{"output_branch":"dev","datum_tries":1}""", spec.Spec.ToJsonString());
        Assert.Equal(["egress is left out: nothing leaves this machine"], spec.Notes);
    }

    [Theory]
    [InlineData("""{"spout": {}}""")]
    [InlineData("""{"service": {"internal_port": 80}}""")]
    public void What_has_no_datums_is_refused(string spec) =>
        Assert.StartsWith("a spout or a service", Assert.Throws<Failure>(() => Of(spec)).Message);

    private static DevSpec Of(string spec) =>
        DevSpec.Of((JsonObject)JsonNode.Parse(spec)!, "trial", name => $"value of {name}");
}
