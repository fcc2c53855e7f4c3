using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Braid.Scoring.Models;

namespace Braid.Scoring.Workers;

/// <summary>
/// A process of the model's Python, with the model loaded. One request at a time; it ends when this process does, because its standard
/// input ends.
/// </summary>
internal sealed class Worker : IAsyncDisposable
{
    /// <summary>A worker that does not see its input end for so long is ended.</summary>
    private static readonly TimeSpan longestEnd = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan longestErrors = TimeSpan.FromSeconds(1);

    private readonly Process process;
    private readonly LastLines lines;

    /// <summary>The exit code, once the process has ended and all that it wrote is read.</summary>
    private readonly Task<int> ended;

    /// <summary>Held while it is asked: until then nothing of the process may go.</summary>
    private readonly SemaphoreSlim talk = new(1);

    /// <summary>Nothing of the process is left.</summary>
    private bool isGone;

    private Worker(Process process, TextWriter log)
    {
        this.process = process;
        lines = new(log);
        ended = EndedAsync(process, lines.CopyAsync(process.StandardError));
    }

    /// <summary>What it said when it was ready: its version, and packages that it lacks.</summary>
    public ReadOnlyMemory<byte> Greeting { get; private set; }

    /// <summary>It is there, as far as anybody knows.</summary>
    public bool IsAlive => !ended.IsCompleted;

    /// <summary>It was ended here, because what it computed was for nobody any more.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>Starts one, and waits until the model is loaded.</summary>
    /// <exception cref="BadModelException">There is no such Python.</exception>
    /// <exception cref="WorkerGone">It ended while it loaded the model.</exception>
    public static async Task<Worker> StartAsync(string python, ModelFolder model, TextWriter log, CancellationToken ct)
    {
        var worker = new Worker(Started(python), log);
        try
        {
            var ready = await worker.AskAsync(WorkerMessages.Load(model), ct);
            worker.Greeting = ready.Body;
            return worker;
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    /// <summary>What it answers. When the call is cancelled, the worker is ended: what it computes is for nobody.</summary>
    /// <exception cref="WorkerGone">It ended before it answered.</exception>
    public async Task<Reply> AskAsync(ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        await talk.WaitAsync(ct);
        try
        {
            if (isGone)
            {
                throw await GoneAsync();
            }

            await SendAsync(message, ct);
            return await ReceiveAsync(ct);
        }
        catch (IOException)
        {
            throw await GoneAsync();
        }
        catch (Exception error) when (error is not WorkerGone)
        {
            IsAbandoned = error is OperationCanceledException;
            Kill();
            throw;
        }
        finally
        {
            talk.Release();
        }
    }

    /// <summary>Waits for its end.</summary>
    public Task EndAsync(CancellationToken ct) => ended.WaitAsync(ct);

    public async ValueTask DisposeAsync()
    {
        await talk.WaitAsync(CancellationToken.None);
        if (!ended.IsCompleted)
        {
            process.StandardInput.Close();
        }

        await EndSoonAsync();
        process.Dispose();
        isGone = true;
        talk.Release(); // who waits to ask learns of it
    }

    private static Process Started(string python)
    {
        var start = new ProcessStartInfo(python, ["-u", "-c", WorkerScript.Text])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // Models of MLflow's own flavors ask for it.
        start.Environment["_MLFLOW_IS_IN_SERVING_ENVIRONMENT"] = "true";
        try
        {
            return Process.Start(start) ?? throw new BadModelException($"cannot start {python}");
        }
        catch (Win32Exception error)
        {
            throw new BadModelException($"cannot start {python}: {error.Message}; name another Python (--python)");
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        var head = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(head, message.Length);
        var input = process.StandardInput.BaseStream;
        await input.WriteAsync(head, ct);
        await input.WriteAsync(message, ct);
        await input.FlushAsync(ct);
    }

    private async Task<Reply> ReceiveAsync(CancellationToken ct)
    {
        var output = process.StandardOutput.BaseStream;
        var head = new byte[sizeof(int)];
        await output.ReadExactlyAsync(head, ct);
        var message = new byte[BinaryPrimitives.ReadInt32BigEndian(head)];
        await output.ReadExactlyAsync(message, ct);
        return new((ReplyKind)message[0], message.AsMemory(1));
    }

    private async Task<WorkerGone> GoneAsync()
    {
        // Its pipes are closed: it ends, or it has none to talk through.
        var code = await EndSoonAsync();
        return new(code.ToString(CultureInfo.InvariantCulture), lines.Text);
    }

    private async Task<int> EndSoonAsync()
    {
        try
        {
            return await ended.WaitAsync(longestEnd, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            Kill();
            return await ended;
        }
    }

    private void Kill()
    {
        if (!ended.IsCompleted)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static async Task<int> EndedAsync(Process process, Task errors)
    {
        await process.WaitForExitAsync();
        try
        {
            await errors.WaitAsync(longestErrors, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            // A process that the model started, and that outlives it, still holds its standard error.
        }

        return process.ExitCode;
    }
}
