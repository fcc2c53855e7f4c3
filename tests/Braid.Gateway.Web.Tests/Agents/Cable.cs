using System.Net;
using System.Net.Sockets;

namespace Braid.Gateway.Web.Tests.Agents;

/// <summary>Carries connections to a server, and nothing at all while it is cut: what was sent arrives when it is mended.</summary>
internal sealed class Cable : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly TcpListener near = new(IPAddress.Loopback, 0);
    private readonly Uri far;
    private readonly Task serving;
    private int held;
    private TaskCompletionSource whole = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Cable(Uri server)
    {
        far = server;
        whole.SetResult();
        near.Start();
        serving = ServeAsync();
    }

    /// <summary>Where it begins.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)near.LocalEndpoint).Port}/");

    /// <summary>How often something did not arrive because it was cut.</summary>
    public int Held => Volatile.Read(ref held);

    public void Cut() => whole = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Mend() => whole.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Mend();
        await stop.CancelAsync();
        near.Stop();
        await serving;
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(CarryAsync(await near.AcceptSocketAsync(stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task CarryAsync(Socket from)
    {
        using var to = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using (from)
        {
            await to.ConnectAsync(far.Host, far.Port);
            await Task.WhenAny(CopyAsync(from, to), CopyAsync(to, from));
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer, stop.Token)) > 0; )
            {
                if (!whole.Task.IsCompleted)
                {
                    Interlocked.Increment(ref held);
                    await whole.Task;
                }

                await to.SendAsync(buffer.AsMemory(0, read), stop.Token);
            }
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection has ended, or the test.
        }
    }
}
