using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;

namespace Braid.Gateway.ClearML.Tests.Replies;

public sealed class ProjectionTests
{
    private const string document = """
        {"id":"1","name":"n","runtime":{"a":1},"last_metrics":{},"models":{"input":[],"output":[{"model":"m","name":"x"}]}}
        """;

    private static readonly HashSet<string> known = ["id", "name", "runtime", "last_metrics", "models", "parent"];

    [Theory]
    [InlineData("", document)]
    [InlineData("name", """{"id":"1","name":"n"}""")]
    [InlineData("runtime.version", """{"id":"1","runtime":{}}""")]
    [InlineData("runtime.a,runtime.b", """{"id":"1","runtime":{"a":1}}""")]
    [InlineData("runtime,runtime.b", """{"id":"1","runtime":{"a":1}}""")]
    [InlineData("last_metrics.x.y.value", """{"id":"1","last_metrics":{}}""")]
    [InlineData("models.output.model", """{"id":"1","models":{"output":[{"model":"m"}]}}""")]
    [InlineData("name.first,parent", """{"id":"1"}""")]
    [InlineData(
        "-runtime,-models.output.name,-last_metrics",
        """{"id":"1","name":"n","models":{"input":[],"output":[{"model":"m"}]}}"""
    )]
    [InlineData("name,runtime,-runtime.a", """{"id":"1","name":"n","runtime":{}}""")]
    public void Only_what_was_asked_for_stays(string paths, string expected)
    {
        var asked = paths.Split(',', StringSplitOptions.RemoveEmptyEntries);

        var result = Projection.Parse(asked, known).Value.Apply(JsonNode.Parse(document)!.AsObject());

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), result), result.ToJsonString());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("-nonsense.x")]
    public void An_unknown_field_is_refused(string path) =>
        Assert.Equal("clearml.unknown-fields", Projection.Parse([path], known).Error?.Code);
}
