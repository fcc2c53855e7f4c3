using System.Net.Sockets;
using System.Text;
using Braid.Testing;

namespace Braid.Compute.Tests.Containers;

/// <summary>A call that an engine got.</summary>
internal sealed record EngineCall(string Method, string Path, string Login, string Body);

/// <summary>An engine that answers as the test says, for what no real one does at will.</summary>
internal sealed class FakeEngine : IAsyncDisposable
{
    /// <summary>A status for a call that gets no answer: the connection breaks off.</summary>
    public const int BreaksOff = 0;

    private readonly TempFolder folder = new();
    private readonly Func<EngineCall, (int Status, string Body)> answer;
    private readonly CancellationTokenSource stop = new();
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Task serving;

    public FakeEngine(Func<EngineCall, (int Status, string Body)> answer)
    {
        this.answer = answer;
        listener.Bind(new UnixDomainSocketEndPoint(Socket));
        listener.Listen();
        serving = ServeAsync();
    }

    public string Socket => folder.File("engine");

    /// <summary>In their order.</summary>
    public List<EngineCall> Calls { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await serving;
        listener.Dispose();
        stop.Dispose();
        folder.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(AnswerAsync(await listener.AcceptAsync(stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
            await Task.WhenAll(connections);
        }
    }

    /// <summary>Each call has a connection of its own; a client may also open one that it does not use.</summary>
    private async Task AnswerAsync(Socket connection)
    {
        await using var stream = new NetworkStream(connection, ownsSocket: true);
        try
        {
            var call = await ReadAsync(stream, stop.Token);
            lock (Calls)
            {
                Calls.Add(call);
            }

            var (status, body) = answer(call);
            if (status == BreaksOff)
            {
                return;
            }

            var length = Encoding.UTF8.GetByteCount(body);
            var head = $"HTTP/1.1 {status} Answer\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n";
            await stream.WriteAsync(Encoding.UTF8.GetBytes(head + body), stop.Token);
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private static async Task<EngineCall> ReadAsync(Stream stream, CancellationToken ct)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        var first = (await reader.ReadLineAsync(ct))!.Split(' ');
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync(ct) is { Length: > 0 } line)
        {
            var parts = line.Split(": ", 2);
            headers[parts[0]] = parts[1];
        }

        var body = new char[int.Parse(headers.GetValueOrDefault("Content-Length", "0"))];
        // Reading nothing would wait for more.
        if (body.Length > 0)
        {
            await reader.ReadBlockAsync(body, ct);
        }

        return new(first[0], first[1], headers.GetValueOrDefault("X-Registry-Auth", ""), new(body));
    }
}
