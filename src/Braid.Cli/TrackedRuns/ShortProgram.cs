using System.ComponentModel;
using System.Diagnostics;
using Braid.Compute.Machines;

namespace Braid.Cli.TrackedRuns;

/// <summary>A program that is asked something and answers soon.</summary>
internal static class ShortProgram
{
    /// <summary>What it prints; empty when it takes too long, which ends it; null when there is no such program.</summary>
    public static async Task<string?> AskAsync(
        string program,
        IReadOnlyList<string> words,
        TimeSpan longest,
        CancellationToken ct
    )
    {
        var start = new ProcessStartInfo(program, words)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = TryStart(start);
        if (process is null)
        {
            return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(longest);
        try
        {
            var text = process.StandardOutput.ReadToEndAsync(limit.Token);
            await Task.WhenAll(text, process.StandardError.ReadToEndAsync(limit.Token));
            return await text;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return "";
        }
    }

    private static Process? TryStart(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
