using Braid.Testing;

namespace Braid.System.Tests;

/// <summary>A spec is tried on local files, with the published program and no server to speak to.</summary>
public sealed class DevTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task One_datum_or_all_run_and_leave_their_output()
    {
        var spec = await MakeAsync("echo saw $in; tr a-z A-Z < $in > /pfs/out/$(basename $in)");
        var one = await DevAsync(
            "-f",
            spec,
            "--input",
            $"in={folder.File("files")}",
            "--datum",
            "/b",
            "-o",
            Out("one")
        );
        Assert.True(one.Code == 0, one.Error);
        Assert.Equal("saw /pfs/in/b\n", one.Out);
        Assert.Contains("datum 2 of 2: in:/b\n", one.Error);
        Assert.Equal(["b"], Directory.EnumerateFiles(Out("one")).Select(Path.GetFileName));

        var all = await DevAsync("-f", spec, "--input", $"in={folder.File("files")}", "--all", "-o", Out("all"));
        Assert.True(all.Code == 0, all.Error);
        Assert.Equal("B", await File.ReadAllTextAsync(Path.Combine(Out("all"), "b")));
        Assert.Contains("2 processed, 0 failed", all.Error);
    }

    [Fact]
    public async Task A_failure_is_said_with_its_datum_and_leaves_nothing()
    {
        var spec = await MakeAsync("echo before; exit 3");
        var failed = await DevAsync("-f", spec, "--input", $"in={folder.File("files")}", "-o", Out("none"));
        Assert.Equal((1, "before\n"), (failed.Code, failed.Out));
        Assert.Contains("failed: in:/a: ", failed.Error);
        Assert.False(Directory.Exists(Out("none")));
    }

    [Fact]
    public async Task Files_that_are_not_there_are_asked_for()
    {
        var spec = await MakeAsync("true");
        var asked = await DevAsync("-f", spec, "--input", $"in={folder.File("nothing")}");
        Assert.Equal(1, asked.Code);
        Assert.Contains("name its files with --input in=PATH", asked.Error);
    }

    [Fact]
    public async Task A_spec_is_checked_by_the_rules_of_a_server_without_one()
    {
        var spec = await MakeAsync("true");
        var nowhere = new Dictionary<string, string> { ["PACHD_ADDRESS"] = "127.0.0.1:1" };
        var good = await BraidProgram.RunAsync(nowhere, "validate", "pipeline", "-f", spec);
        Assert.Equal(new Outcome(0, "trial: valid\n", ""), good);
        await File.WriteAllTextAsync(spec, (await File.ReadAllTextAsync(spec)).Replace("glob", "glop"));
        var bad = await BraidProgram.RunAsync(nowhere, "validate", "pipeline", "-f", spec);
        Assert.Equal((1, ""), (bad.Code, bad.Out));
        Assert.Contains("trial: invalid pipeline spec: unexpected field \"glop\"", bad.Error);
    }

    private string Out(string name) => folder.File($"out-{name}");

    private static Task<Outcome> DevAsync(params string[] words) =>
        BraidProgram.RunAsync(new Dictionary<string, string> { ["PACHD_ADDRESS"] = "127.0.0.1:1" }, ["dev", .. words]);

    private async Task<string> MakeAsync(string script)
    {
        Directory.CreateDirectory(folder.File("files"));
        await File.WriteAllTextAsync(folder.File("files/a"), "a");
        await File.WriteAllTextAsync(folder.File("files/b"), "b");
        await File.WriteAllTextAsync(
            folder.File("spec.yaml"),
            $$$"""
            pipeline: {name: trial}
            input: {pfs: {repo: in, glob: /*}}
            transform: {cmd: [bash], stdin: ["{{{script}}}"]}
            """
        );
        return folder.File("spec.yaml");
    }
}
