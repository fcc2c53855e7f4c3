using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Braid.Fuse.Operations;
using Braid.Fuse.Sessions;
using Braid.Fuse.Wire;

namespace Braid.Fuse.Tests.Sessions;

/// <summary>The kernel's side of the protocol: sends requests byte by byte as it does, and takes the answers.</summary>
internal sealed class FakeKernel : IFuseChannel, IAsyncDisposable
{
    private readonly BlockingCollection<byte[]> requests = [];
    private readonly ConcurrentDictionary<ulong, TaskCompletionSource<KernelAnswer>> waiting = new();
    private readonly ConcurrentQueue<Exception> bugs = new();
    private readonly FuseSession session;
    private readonly Task running;
    private ulong last;

    public FakeKernel(FuseHandler handler, int threads = 2)
    {
        session = new(this, handler, TimeProvider.System, bugs.Enqueue);
        running = session.RunAsync(threads);
    }

    public IReadOnlyCollection<Exception> Bugs => bugs;

    public Task Ready => session.Ready;

    /// <summary>The number that the next request will have.</summary>
    public ulong Next => last + 1;

    public Task<KernelAnswer> SendAsync<T>(OpCode code, ulong node, T body, params string[] names)
        where T : unmanaged =>
        SendAsync(code, node, [.. Bytes(body), .. names.SelectMany(name => Encoding.UTF8.GetBytes(name + '\0'))]);

    public Task<KernelAnswer> SendAsync(OpCode code, ulong node, params string[] names) =>
        SendAsync(code, node, [.. names.SelectMany(name => Encoding.UTF8.GetBytes(name + '\0'))]);

    public async Task<KernelAnswer> SendAsync(OpCode code, ulong node, byte[] body)
    {
        var unique = Interlocked.Increment(ref last);
        var answer = waiting[unique] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(code, node, unique, body);
        return await answer.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    /// <summary>Sends what is never answered.</summary>
    public void Post(OpCode code, ulong node, ulong unique, byte[] body)
    {
        var header = new InHeader
        {
            Length = (uint)(Unsafe.SizeOf<InHeader>() + body.Length),
            OpCode = code,
            Unique = unique,
            Node = node,
        };
        requests.Add([.. Bytes(header), .. body]);
    }

    public static byte[] Bytes<T>(T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).ToArray();

    public int Read(Span<byte> into)
    {
        if (!requests.TryTake(out var request, Timeout.Infinite))
        {
            return 0;
        }

        request.CopyTo(into);
        return request.Length;
    }

    public void Write(ReadOnlySpan<byte> answer)
    {
        var header = MemoryMarshal.Read<OutHeader>(answer);
        Assert.Equal(answer.Length, (int)header.Length);
        if (waiting.TryRemove(header.Unique, out var asked))
        {
            asked.SetResult(new((Errno)(-header.Error), answer[OutHeader.Size..].ToArray()));
        }
    }

    /// <summary>Unmounts, and waits for the session's end.</summary>
    public async Task UnmountAsync()
    {
        requests.CompleteAdding();
        await running.WaitAsync(TimeSpan.FromMinutes(1));
    }

    public async ValueTask DisposeAsync()
    {
        await UnmountAsync();
        requests.Dispose();
    }
}

/// <summary>What came back.</summary>
internal sealed record KernelAnswer(Errno Error, byte[] Body)
{
    public T As<T>()
        where T : unmanaged
    {
        Assert.Equal(Errno.None, Error);
        return MemoryMarshal.Read<T>(Body);
    }
}
