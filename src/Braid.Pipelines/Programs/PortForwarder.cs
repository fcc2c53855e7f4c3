using System.Net;
using System.Net.Sockets;

namespace Braid.Pipelines.Programs;

/// <summary>Passes connections that come to one port on to another port of this machine, byte by byte, until it is disposed of.</summary>
internal sealed class PortForwarder : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly int target;
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;

    private PortForwarder(TcpListener listener, int target)
    {
        this.listener = listener;
        this.target = target;
        accepting = AcceptAsync();
    }

    /// <exception cref="SocketException">The port is taken, or not to be had.</exception>
    public static PortForwarder Start(IPAddress address, int port, int target)
    {
        var listener = new TcpListener(address, port);
        listener.Start();
        return new(listener, target);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>True when nobody listens there.</summary>
    public static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Any, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                open.RemoveAll(connection => connection.IsCompleted);
                open.Add(PassAsync(client));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, target, stop.Token);
                await Task.WhenAll(CopyAsync(client, server), CopyAsync(server, client));
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or IOException)
            {
                // One side has gone, or nobody listens: closing the other tells it.
            }
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to)
    {
        await from.GetStream().CopyToAsync(to.GetStream(), stop.Token);
        to.Client.Shutdown(SocketShutdown.Send);
    }
}
