using System.Runtime.InteropServices;
using Braid.Server.Agents;
using Braid.Server.Folder;
using Braid.Server.Options;

namespace Braid.Server;

/// <summary>
/// <c>agent</c> is <see cref="AgentCommand"/>; <c>serve</c>: 1 read the options; 2 take the folder; 3 open stores and doors; 4 say where the doors are; 5 wait for a
/// signal; 6 drain.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args is ["agent", .. var told])
        {
            return await UntilSignalAsync("agent", stop => AgentCommand.RunAsync(told, stop));
        }

        if (args is not ["serve", .. var rest])
        {
            await Console.Error.WriteLineAsync(OptionTable.Usage());
            return args is ["--help" or "-h" or "help"] ? ExitCodes.Stopped : ExitCodes.BadOptions;
        }

        if (rest is ["--help" or "-h"])
        {
            await Console.Out.WriteLineAsync(OptionTable.Usage());
            return ExitCodes.Stopped;
        }

        // 1
        var (options, mistakes) = ServeOptionsReader.Read(rest, Environment.GetEnvironmentVariable);
        if (options is null)
        {
            foreach (var mistake in mistakes)
            {
                await Console.Error.WriteLineAsync($"braid serve: {mistake}");
            }

            return ExitCodes.BadOptions;
        }

        return await UntilSignalAsync("serve", stop => ServeInFolderAsync(options, stop));
    }

    private static async Task<int> UntilSignalAsync(string command, Func<CancellationToken, Task<int>> run)
    {
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        try
        {
            return await run(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCodes.Stopped;
        }
        catch (Exception error)
            when (error
                    is IOException
                        or UnauthorizedAccessException
                        or InvalidDataException
                        or Metadata.Migrations.SchemaMismatchException
                        or System.Data.Common.DbException
                        or System.Net.Sockets.SocketException
            )
        {
            await Console.Error.WriteLineAsync($"braid {command}: {error.Message}");
            return ExitCodes.Failed;
        }
    }

    private static async Task<int> ServeInFolderAsync(ServeOptions options, CancellationToken stop)
    {
        // 2
        Directory.CreateDirectory(options.Data, PrivateFile.FolderMode);
        using var folder = FolderLock.TryTake(options.Data);
        if (folder is null)
        {
            await Console.Error.WriteLineAsync(
                $"braid serve: another server is running on {options.Data}; stop it first, or give this one another --data"
            );
            return ExitCodes.FolderTaken;
        }

        // 3
        await using var server = await BraidServer.StartAsync(options, stop);
        // 4
        var endpoints = new EndpointsFile(options.Data);
        await endpoints.WriteAsync(server.Urls, stop);
        foreach (var (name, url) in server.Urls)
        {
            await Console.Out.WriteLineAsync($"{name} {url}");
        }

        await Console.Out.WriteLineAsync("ready");
        // 5
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop)
            .ContinueWith(_ => { }, TaskScheduler.Default);
        // 6
        endpoints.Remove();
        return ExitCodes.Stopped;
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
