using Braid.Testing;

namespace Braid.System.Tests;

/// <summary>Submitted work as containers of a real engine, from the command line and back.</summary>
public sealed class ContainerWorkTests
{
    /// <summary>The engine's image without programs, which <c>./build test --containers</c> makes; the machine's are mounted.</summary>
    private const string image = "probe";

    [InDockerFact]
    public async Task Work_with_an_image_runs_in_it_and_outlives_the_server()
    {
        await using var server = await ServerProcess.StartAsync(Options());
        await RunAsync(server, "submit", "plain", "--", "sh", "-c", "test -e /.dockerenv || echo on the machine");
        await RunAsync(
            server,
            "submit",
            "contained",
            "-i",
            image,
            "--require-image",
            "-v",
            "/usr:/usr:ro",
            "--",
            "/usr/bin/sh",
            "-c",
            "echo begun; test -e /.dockerenv && echo contained; sleep 3; echo done"
        );
        await UntilAsync(server, "logs contained", "begun");
        await server.KillAloneAsync();
        await server.StartAgainAsync(Options());
        await UntilAsync(server, "describe job contained", "STATUS: Succeeded");
        var printed = (await RunAsync(server, "logs", "contained")).Out.Split('\n');
        Assert.Equal(
            (1, 1, 1),
            (
                printed.Count(line => line.EndsWith("contained", StringComparison.Ordinal)),
                printed.Count(line => line.EndsWith("begun", StringComparison.Ordinal)),
                printed.Count(line => line.EndsWith("done", StringComparison.Ordinal))
            )
        );
        await UntilAsync(server, "logs plain", "on the machine");
    }

    private static string[] Options() => ["--executor", "auto", "--engine", InDockerFactAttribute.Socket];

    private static async Task<Outcome> RunAsync(ServerProcess server, params string[] words)
    {
        var ran = await server.BraidAsync(words);
        Assert.True(ran.Code == 0, $"{string.Join(' ', words)}: {ran.Error}");
        return ran;
    }

    private static Task UntilAsync(ServerProcess server, string words, string shown) =>
        Eventually.IsTrueAsync(
            async () => (await server.BraidAsync(words.Split(' '))).Out.Contains(shown, StringComparison.Ordinal),
            $"'{shown}' in the answer of {words}",
            TimeSpan.FromMinutes(1)
        );

    /// <summary>Skipped where no Docker of the tests' own runs.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class InDockerFactAttribute : FactAttribute
    {
        public InDockerFactAttribute() => Skip = File.Exists(Socket) ? null : "BRAID_TEST_DOCKER names no socket";

        public static string Socket => Environment.GetEnvironmentVariable("BRAID_TEST_DOCKER") ?? "";
    }
}
