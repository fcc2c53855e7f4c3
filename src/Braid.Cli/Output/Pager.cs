using System.ComponentModel;
using System.Diagnostics;
using Braid.Cli.CommandLine;

namespace Braid.Cli.Output;

/// <summary>A program that shows long output a screen at a time: <c>$PAGER</c>, else <c>less -RFX</c>.</summary>
internal sealed class Pager : IAsyncDisposable
{
    private readonly Process process;

    private Pager(Process process) => this.process = process;

    /// <summary>What is written here is shown.</summary>
    public TextWriter Input => process.StandardInput;

    /// <summary>Who reads has seen enough: what cannot be written any more is not missed.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>Null when there is none on this machine: the output goes to the terminal as it is.</summary>
    public static Pager? Start(Surroundings world)
    {
        var words = (world.Variable("PAGER") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            words = ["less", "-RFX"];
        }

        try
        {
            var start = new ProcessStartInfo(words[0], words[1..])
            {
                RedirectStandardInput = true,
                UseShellExecute = false,
            };
            return Process.Start(start) is { } process ? new(process) : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Waits until the reader has seen enough.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The reader left before the end, and what was still to be shown is not wanted.
        }

        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }
}
