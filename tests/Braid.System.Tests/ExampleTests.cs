using System.Diagnostics;
using Braid.Testing;

namespace Braid.System.Tests;

/// <summary>Every script of examples/ prints what lies beside it as expected.</summary>
public sealed class ExampleTests : IAsyncLifetime
{
    private static readonly TimeSpan limit = TimeSpan.FromMinutes(3);

    private ServerProcess server = null!; // set before each test

    public static TheoryData<string> Scripts =>
        [.. Directory.EnumerateFiles(Folder, "expected", SearchOption.AllDirectories).Select(NameOf).Order()];

    private static string Folder => Repository.PathOf("examples");

    public async Task InitializeAsync() =>
        server = await ServerProcess.StartAsync(
            "--expose",
            $"{Folder}:{Repository.PathOf("artifacts", "publish", "cli")}"
        );

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task The_example_prints_what_its_readme_says(string name)
    {
        var start = new ProcessStartInfo(Path.Combine(Folder, name, "run.sh"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["BRAID"] = Repository.PathOf("artifacts", "publish", "cli", "braid");
        start.Environment["PACHD_ADDRESS"] = server.Variables["PACHD_ADDRESS"];
        using var script =
            Process.Start(start) ?? throw new InvalidOperationException($"cannot start {start.FileName}");
        using var late = new CancellationTokenSource(limit);
        await using var end = late.Token.Register(() => script.Kill(entireProcessTree: true));
        var output = script.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = script.StandardError.ReadToEndAsync(CancellationToken.None);
        await script.WaitForExitAsync(CancellationToken.None);
        var said = await output + await error;
        Assert.True(script.ExitCode == 0, $"{name} ended with {script.ExitCode}:\n{said}");
        Golden.Match($"examples/{name}/expected", await output);
    }

    private static string NameOf(string expected) =>
        Path.GetRelativePath(Folder, Path.GetDirectoryName(expected) ?? Folder);
}
