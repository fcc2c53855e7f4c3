using System.Text.Json.Nodes;
using Braid.Cli.Output;
using Braid.Cli.Specs;

namespace Braid.Cli.Tests.Output;

public sealed class YamlTextTests
{
    [Fact]
    public void Keys_are_sorted_and_lists_stand_under_their_key() =>
        Assert.Equal(
            "a:\n- x\n- b: 1\n  c: true\nz:\n  k: \"1\"\n",
            YamlText.Of(JsonNode.Parse("""{"z": {"k": "1"}, "a": ["x", {"c": true, "b": 1}]}"""))
        );

    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData("true")]
    [InlineData("12")]
    [InlineData("a: b")]
    [InlineData("- x")]
    [InlineData("two\nlines")]
    [InlineData("#no")]
    public void Any_text_can_be_read_back(string text)
    {
        var yaml = YamlText.Of(new JsonObject { ["key"] = text });
        Assert.Equal(text, YamlReader.Documents(yaml)[0]?["key"]?.GetValue<string>());
    }
}
