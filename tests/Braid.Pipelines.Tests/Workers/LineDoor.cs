using System.Net;
using System.Net.Sockets;
using Braid.Pipelines.Workers.Batching;

namespace Braid.Pipelines.Tests.Workers;

/// <summary>A door to a worker's desk that a shell can speak to: a line with an error, or none, asks for the next datum.</summary>
internal sealed class LineDoor : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closed = new();
    private readonly Task accepting;

    private LineDoor(WorkerDesk desk)
    {
        listener.Start();
        accepting = AcceptAsync(desk);
    }

    public static WorkerDoor Open(WorkerDesk desk)
    {
        var door = new LineDoor(desk);
        return new(((IPEndPoint)door.listener.LocalEndpoint).Port, door);
    }

    public async ValueTask DisposeAsync()
    {
        await closed.CancelAsync();
        listener.Stop();
        await Task.WhenAny(accepting);
        closed.Dispose();
    }

    private async Task AcceptAsync(WorkerDesk desk)
    {
        var serving = new List<Task>();
        while (!closed.IsCancellationRequested)
        {
            serving.Add(ServeAsync(desk, await listener.AcceptTcpClientAsync(closed.Token)));
        }
    }

    private async Task ServeAsync(WorkerDesk desk, TcpClient client)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(closed.Token);
        using (client)
        {
            var reader = new StreamReader(client.GetStream());
            await using var writer = new StreamWriter(client.GetStream());
            var line = await reader.ReadLineAsync(gone.Token);
            while (line is not null)
            {
                // Reading on tells when the program has gone while it waits.
                var following = reader.ReadLineAsync(gone.Token).AsTask();
                var next = desk.NextDatumAsync(line, gone.Token);
                if (await Task.WhenAny(next, following) == following)
                {
                    await gone.CancelAsync();
                    await Task.WhenAny(next);
                    return;
                }

                await writer.WriteLineAsync($"{(await next).Value["PACH_DATUM_ID"]}");
                await writer.FlushAsync(gone.Token);
                line = await following;
            }
        }
    }
}
