using Braid.Cli.CommandLine;
using Braid.Cli.Specs;
using Braid.Testing;

namespace Braid.Cli.Tests.Specs;

public sealed class SpecFileTests
{
    [Theory]
    [InlineData("""{"pipeline": {"name": "a"}} {"pipeline": {"name": "b"}}""")]
    [InlineData("""[{"pipeline": {"name": "a"}}, {"pipeline": {"name": "b"}}]""")]
    [InlineData("pipeline:\n  name: a\n---\npipeline:\n  name: b\n")]
    [InlineData("- pipeline: {name: a}\n- pipeline: {name: b}\n")]
    public void Several_specs_come_as_documents_or_as_a_list(string text) =>
        Assert.Equal(["a", "b"], SpecFile.Parse(text, "f").Select(spec => spec["pipeline"]?["name"]?.ToString()));

    [Fact]
    public void Yaml_keeps_the_kinds_of_its_values()
    {
        var spec = SpecFile.Parse("parallelism_spec: {constant: 2}\ns3_out: true\nsalt: \"12\"\negress: null\n", "f")[
            0
        ];
        Assert.Equal(
            """{"parallelism_spec":{"constant":2},"s3_out":true,"salt":"12","egress":null}""",
            spec.ToJsonString()
        );
    }

    [Fact]
    public void The_schema_is_dropped() =>
        Assert.Equal("{}", SpecFile.Parse("""{"$schema": "x"}""", "f")[0].ToJsonString());

    [Theory]
    [InlineData("{\"pipeline\": ")]
    [InlineData("pipeline: [")]
    [InlineData("just words")]
    [InlineData("a: &x 1\nb: *x\n")]
    [InlineData("!!![")]
    [InlineData(": [\n?>")]
    public void What_is_no_spec_is_refused_with_the_files_name(string text) =>
        Assert.StartsWith(
            "malformed pipeline spec in f: ",
            Assert.Throws<Failure>(() => SpecFile.Parse(text, "f")).Message
        );

    [Fact]
    public async Task A_program_beside_the_spec_becomes_its_full_path()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("run"), "");
        await File.WriteAllTextAsync(folder.File("spec.json"), """{"transform": {"cmd": ["./run", "./x"]}}""");
        var spec = (await SpecFile.ReadAsync(folder.File("spec.json"), CancellationToken.None))[0];
        Assert.Equal($"""["{folder.File("run")}","./x"]""", spec["transform"]?["cmd"]?.ToJsonString());
    }

    [Fact]
    public async Task A_program_that_is_not_there_stays_as_it_is()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("spec.json"), """{"transform": {"cmd": ["./run"]}}""");
        var spec = (await SpecFile.ReadAsync(folder.File("spec.json"), CancellationToken.None))[0];
        Assert.Equal("./run", spec["transform"]?["cmd"]?[0]?.ToString());
    }
}
