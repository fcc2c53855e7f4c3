using System.Diagnostics;
using System.Text.Json;
using Braid.Testing;

namespace Braid.Client.Tests;

/// <summary>Programs that end in every way there is: the example of a training, run as a process.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_program_that_reaches_its_end_leaves_a_finished_run_with_everything_in_it()
    {
        using var program = Start("20", pause: "0");
        await program.WaitForExitAsync();
        Assert.Equal(0, program.ExitCode);
        Assert.Equal("finished", Run().GetProperty("status").GetString());
        Assert.Equal(60, Lines("metrics.jsonl").Count);
        Assert.Single(Lines("artifacts.jsonl"));
        Assert.Empty(Directory.GetDirectories(folder.File("spool")));
    }

    [Fact]
    public async Task A_program_that_is_told_to_stop_delivers_what_it_logged_and_the_run_is_stopped()
    {
        using var program = Start("100000", pause: "20");
        await ManyLinesAsync();
        using (var kill = Process.Start("kill", ["-TERM", $"{program.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await program.WaitForExitAsync();
        Assert.Equal("stopped", Run().GetProperty("status").GetString());
        Assert.Equal("SIGTERM", Run().GetProperty("reason").GetString());
        Assert.Empty(Directory.GetDirectories(folder.File("spool")));
    }

    [Fact]
    public async Task A_program_that_crashes_leaves_a_failed_run_that_says_why()
    {
        using var program = Start("100000", pause: "-5");
        await program.WaitForExitAsync();
        Assert.NotEqual(0, program.ExitCode);
        Assert.Equal("failed", Run().GetProperty("status").GetString());
        Assert.StartsWith("ArgumentOutOfRangeException", Run().GetProperty("reason").GetString());
        Assert.Equal(3, Lines("metrics.jsonl").Count);
    }

    [Fact]
    public async Task A_program_that_is_killed_is_brought_to_its_end_by_the_next_one()
    {
        using (var killed = Start("100000", pause: "20"))
        {
            await ManyLinesAsync();
            killed.Kill();
            await killed.WaitForExitAsync();
        }

        var left = RunFolder;
        using var next = Start("1", pause: "1000");
        await next.WaitForExitAsync();
        Assert.Equal(
            "failed",
            JsonElement
                .Parse(await File.ReadAllTextAsync(Path.Combine(left, "run.json")))
                .GetProperty("status")
                .GetString()
        );
        Assert.Empty(Directory.GetDirectories(folder.File("spool")));
    }

    private string RunFolder =>
        Directory.GetDirectories(folder.File("runs/examples")).Order(StringComparer.Ordinal).First();

    private Process Start(string epochs, string pause)
    {
        var program = Repository.PathOf("artifacts", "bin", "Training", "release", "Training.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--epochs", epochs, "--pause", pause])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["TRACELET_BACKEND"] = "folder";
        start.Environment["TRACELET_FOLDER_DIR"] = folder.File("runs");
        start.Environment["TRACELET_SPOOL_DIR"] = folder.File("spool");
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started");
    }

    private Task ManyLinesAsync() =>
        Eventually.IsTrueAsync(
            () =>
                Task.FromResult(
                    Directory.Exists(folder.File("runs/examples"))
                        && File.Exists(Path.Combine(RunFolder, "metrics.jsonl"))
                        && Lines("metrics.jsonl").Count > 10
                ),
            "the program has logged"
        );

    private JsonElement Run() => JsonElement.Parse(File.ReadAllText(Path.Combine(RunFolder, "run.json")));

    private IReadOnlyList<string> Lines(string file) => File.ReadAllLines(Path.Combine(RunFolder, file));
}
