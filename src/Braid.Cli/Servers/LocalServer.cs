using System.Diagnostics;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection;

namespace Braid.Cli.Servers;

/// <summary>A server of a command's own: a process on a folder of its own, on ports that are free.</summary>
/// <param name="folder">The server's folder.</param>
/// <param name="exposed">Folders that its jobs see where they are.</param>
internal sealed class LocalServer(string folder, params string[] exposed) : IDisposable
{
    private static readonly string[] anyPort =
    [
        "--pachyderm-port",
        "--clearml-port",
        "--files-port",
        "--mlflow-port",
        "--s3-port",
        "--web-port",
    ];

    private Process? process;

    public string Folder => folder;

    /// <summary>Where the doors are, as of the last start.</summary>
    public ServerFolder Doors { get; private set; } = null!; // set by the first start

    /// <summary>The server as the calls name it, with its administrator's token.</summary>
    public ServerAddress Address => new(ServerAddress.Parse(Doors.Pachyderm), Doors.Token, null);

    /// <summary>Starts the server and waits until it says that it is ready.</summary>
    /// <exception cref="Failure">It ended instead.</exception>
    public async Task StartAsync(CancellationToken ct)
    {
        var start = new ProcessStartInfo(
            Programs.Server[0],
            [
                .. Programs.Server[1..],
                "--data",
                folder,
                "--expose",
                string.Join(':', exposed),
                .. anyPort.SelectMany(port => new[] { port, "0" }),
            ]
        )
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        process?.Dispose();
        process = Process.Start(start) ?? throw new Failure($"cannot start {start.FileName}");
        while (await process.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            if (line == "ready")
            {
                Doors = ServerFolder.Read(folder) ?? throw new Failure($"the server wrote no addresses into {folder}");
                return;
            }
        }

        throw new Failure("the server ended while it started; what it said is above");
    }

    /// <summary><c>kill -9</c>: the server gets no chance to say goodbye.</summary>
    public async Task KillAsync(CancellationToken ct)
    {
        // The process that serves, should what was started be a script around it.
        using var serving = Process.GetProcessById(Doors.Pid);
        serving.Kill();
        await serving.WaitForExitAsync(ct);
    }

    public void Dispose()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            process.WaitForExit();
        }

        process?.Dispose();
    }
}
