using System.Globalization;
using Braid.Cli.CommandLine;
using Braid.Cli.Output;

namespace Braid.Cli.Transfers;

/// <summary>How a transfer is followed on standard error.</summary>
internal enum ProgressKind
{
    Silent,

    /// <summary>A line now and then, for a log.</summary>
    Lines,

    /// <summary>One line that changes, on a terminal.</summary>
    Bar,
}

/// <summary>
/// Says on standard error how far a transfer is. Files and bytes may be added by many threads; one loop writes, and ends
/// with the transfer.
/// </summary>
internal sealed class TransferProgress : IAsyncDisposable
{
    private const int barWidth = 24;
    private const string wipe = "\r\e[K";

    private static readonly TimeSpan barEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan lineEvery = TimeSpan.FromSeconds(5);

    public static readonly Flag Flag = Flags.Switch(
        "progress",
        null,
        "Say on standard error how far it is (on a terminal, unless --progress=false)."
    );

    private readonly string verb;
    private readonly ProgressKind kind;
    private readonly TextWriter error;
    private readonly TimeProvider clock;
    private readonly long started;
    private readonly CancellationTokenSource ended = new();
    private readonly Task loop;
    private long files;
    private long bytes;
    private long skippedFiles;
    private long skippedBytes;
    private long totalBytes = -1;
    private bool isComplete;

    private TransferProgress(string verb, ProgressKind kind, TextWriter error, TimeProvider clock)
    {
        (this.verb, this.kind, this.error, this.clock) = (verb, kind, error, clock);
        started = clock.GetTimestamp();
        loop = kind == ProgressKind.Silent ? Task.CompletedTask : WriteAllAsync(ended.Token);
    }

    /// <summary>A bar on a terminal; elsewhere only what --progress asks for.</summary>
    /// <param name="verb">What is done, in the past: <c>put</c>.</param>
    public static TransferProgress Of(Invocation call, string verb)
    {
        var kind =
            call.Text(Flag) == "false" ? ProgressKind.Silent
            : call.World.ShowsErrors ? ProgressKind.Bar
            : call.Has(Flag) ? ProgressKind.Lines
            : ProgressKind.Silent;
        return new(verb, kind, call.Error, call.World.Clock);
    }

    public bool IsShown => kind != ProgressKind.Silent;

    public bool IsBar => kind == ProgressKind.Bar;

    public void Add(long newFiles, long newBytes)
    {
        Interlocked.Add(ref files, newFiles);
        Interlocked.Add(ref bytes, newBytes);
    }

    /// <summary>What was right already and need not be moved.</summary>
    public void Skip(long newFiles, long newBytes)
    {
        Interlocked.Add(ref skippedFiles, newFiles);
        Interlocked.Add(ref skippedBytes, newBytes);
    }

    /// <summary>How much there is in all, once that is known.</summary>
    public void Expect(long total) => Volatile.Write(ref totalBytes, total);

    /// <summary>All of it is done: the last line says what that was.</summary>
    public void Complete() => isComplete = true;

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await loop;
        ended.Dispose();
        await error.WriteAsync((IsBar ? wipe : "") + (IsShown && isComplete ? Text(isEnd: true) + "\n" : ""));
    }

    private async Task WriteAllAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(IsBar ? barEvery : lineEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                await error.WriteAsync(IsBar ? $"{wipe}{Bar()}{Text(isEnd: false)}" : Text(isEnd: false) + "\n");
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The transfer has ended.
        }
    }

    private string Bar()
    {
        var total = Volatile.Read(ref totalBytes);
        if (total <= 0)
        {
            return "";
        }

        var share = Math.Min(1, (double)(Interlocked.Read(ref bytes) + Interlocked.Read(ref skippedBytes)) / total);
        var full = (int)(share * barWidth);
        return $"[{new string('#', full)}{new string('-', barWidth - full)}] {share:P0} ";
    }

    private string Text(bool isEnd)
    {
        var seconds = Math.Max(clock.GetElapsedTime(started).TotalSeconds, 1e-3);
        var (count, size) = (Interlocked.Read(ref files), Interlocked.Read(ref bytes));
        var skipped = Interlocked.Read(ref skippedFiles);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{verb} {count:N0} files, {Sizes.Words(size)}, {Sizes.Words((long)(size / seconds))}/s, {count / seconds:N0} files/s"
        );
        text += skipped > 0 ? string.Create(CultureInfo.InvariantCulture, $", {skipped:N0} were there already") : "";
        return isEnd ? text + string.Create(CultureInfo.InvariantCulture, $", {seconds:N1} s") : text;
    }
}
