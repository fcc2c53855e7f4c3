using System.Net.Sockets;

namespace Braid.Compute.Tests.Containers;

/// <summary>Stands between an executor and its engine, and takes the engine away: connections break, and new ones are refused.</summary>
internal sealed class SocketProxy : IAsyncDisposable
{
    private readonly string target;
    private CancellationTokenSource cut = new();
    private Socket? listener;
    private Task serving = Task.CompletedTask;

    /// <param name="path">Where it listens.</param>
    public SocketProxy(string path, string target)
    {
        Path = path;
        this.target = target;
        Restore();
    }

    public string Path { get; }

    /// <summary>The engine is gone.</summary>
    public async Task CutAsync()
    {
        await cut.CancelAsync();
        listener?.Dispose();
        await serving;
        File.Delete(Path);
    }

    /// <summary>The engine is back.</summary>
    public void Restore()
    {
        cut = new();
        listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Path));
        listener.Listen();
        serving = ServeAsync(listener, cut.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await CutAsync();
        cut.Dispose();
    }

    private async Task ServeAsync(Socket listening, CancellationToken ct)
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(CarryAsync(await listening.AcceptAsync(ct), ct));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task CarryAsync(Socket near, CancellationToken ct)
    {
        using var far = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using (near)
        {
            await far.ConnectAsync(new UnixDomainSocketEndPoint(target), ct);
            await Task.WhenAll(CopyAsync(near, far, ct), CopyAsync(far, near, ct));
        }
    }

    private static async Task CopyAsync(Socket from, Socket to, CancellationToken ct)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer, ct)) > 0; )
            {
                await to.SendAsync(buffer.AsMemory(0, read), ct);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception broken) when (broken is OperationCanceledException or SocketException)
        {
            // Cut, or one of both sides hung up: both connections end.
            from.Dispose();
            to.Dispose();
        }
        catch (ObjectDisposedException)
        {
            // The other direction was faster.
        }
    }
}
