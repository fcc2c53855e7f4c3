using System.Runtime.InteropServices;
using Braid.Scoring.Models;
using Braid.Scoring.Serving;

namespace Braid.Scoring;

/// <summary>1 read the options and the model; 2 load it, listen, and say where; 3 wait for a signal; 4 drain.</summary>
internal static class Program
{
    private const int failed = 1;
    private const int badOptions = 2;

    private static async Task<int> Main(string[] args)
    {
        ScoringOptions options;
        try
        {
            options = ScoringOptions.Read(args);
        }
        catch (FormatException error)
        {
            await Console.Error.WriteLineAsync($"braid-scoring: {error.Message}\n{ScoringOptions.Usage}");
            return badOptions;
        }

        try
        {
            return await ServeAsync(options);
        }
        catch (Exception error) when (error is BadModelException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"braid models serve: {error.Message}");
            return failed;
        }
        finally
        {
            if (options.RemovesModel && Directory.Exists(options.Model))
            {
                Directory.Delete(options.Model, recursive: true);
            }
        }
    }

    private static async Task<int> ServeAsync(ScoringOptions options)
    {
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        // 1
        var model = ModelFolder.Read(options.Model);
        if (model.WantsEnvironment)
        {
            await Console.Error.WriteLineAsync(
                $"the packages that the model names are not installed: {options.Python} is taken as it is"
                    + (model.PythonVersion is { } version ? $" (the model was made by Python {version})" : "")
            );
        }

        try
        {
            // 2
            await using var host = await ScoringHost.StartAsync(options, model, Console.Error, stop.Token);
            await Console.Out.WriteLineAsync($"listening on {host.Address}");
            // 3
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token)
                .ContinueWith(_ => { }, TaskScheduler.Default);
            // 4
            await Console.Error.WriteLineAsync("answering what is under way, then ending");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }

        return 0;
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
