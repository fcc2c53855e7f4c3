using System.Diagnostics;
using System.Text.Json;
using Braid.Testing;

namespace Braid.System.Tests;

/// <summary>A server of the test's own: a fresh folder, free ports.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly string[] ports = ["pachyderm", "clearml", "files", "mlflow", "s3", "web"];

    private readonly TempFolder folder = new();
    private Process? process;

    public string Folder => folder.Path;

    public int Id => process!.Id;

    /// <summary>What points the program at this server.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>What the server itself finds in its environment, beside what this test does.</summary>
    public Dictionary<string, string> OwnVariables { get; private init; } = [];

    /// <summary>What starts it and becomes it; nothing: this test does.</summary>
    private IReadOnlyList<string> Starter { get; init; } = [];

    /// <summary>As another user, whose its folder is then.</summary>
    public static async Task<ServerProcess> StartAsAsync(string user)
    {
        var server = new ServerProcess
        {
            Starter = ["setpriv", $"--reuid={user}", $"--regid={user}", "--clear-groups"],
            OwnVariables = { ["HOME"] = "/tmp" },
        };
        using (var own = Process.Start("chown", [$"{user}:{user}", server.Folder]))
        {
            await own.WaitForExitAsync();
        }

        await server.StartAgainAsync();
        return server;
    }

    public static Task<ServerProcess> StartAsync(params string[] options) => StartInAsync([], options);

    /// <summary>With an environment of its own.</summary>
    public static async Task<ServerProcess> StartInAsync(
        Dictionary<string, string> ownVariables,
        params string[] options
    )
    {
        var server = new ServerProcess { OwnVariables = ownVariables };
        await server.StartAgainAsync(options);
        return server;
    }

    /// <summary>The command line that would start a server on this folder.</summary>
    public string[] Words(params string[] options) =>
        [
            "serve",
            "--data",
            folder.Path,
            .. ports.SelectMany(door => new[] { $"--{door}-port", "0" }),
            .. options.Contains("--executor") ? (string[])[] : ["--executor", "process"],
            .. options,
        ];

    public async Task StartAgainAsync(params string[] options)
    {
        process = BraidProgram.StartBy(Starter, OwnVariables, Words(options));
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == "ready")
            {
                Variables["PACHD_ADDRESS"] = Endpoint("pachyderm");
                return;
            }
        }

        throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
    }

    public Task<Outcome> BraidAsync(params string[] words) => BraidProgram.RunAsync(Variables, words);

    public string Endpoint(string door) => Read("endpoints.json").GetProperty(door).ToString();

    public JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllText(folder.File(file))).RootElement;

    /// <summary>SIGTERM; answers the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process!.Id}"]);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>SIGKILL to it and all that it started.</summary>
    public async Task KillAsync()
    {
        process!.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>SIGKILL to it alone: what it started has to find out.</summary>
    public async Task KillAloneAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process?.Dispose();
        folder.Dispose();
    }
}
