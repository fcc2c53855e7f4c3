using System.Threading.Channels;

namespace Braid.Client.Sending;

/// <summary>The bounded queue between the training and the sender: full, it refuses and counts; it never waits.</summary>
internal sealed class Outbox(int capacity)
{
    private readonly Channel<Entry> channel = Channel.CreateBounded<Entry>(
        new BoundedChannelOptions(capacity) { SingleReader = true }
    );
    private long refused;

    public ChannelReader<Entry> Entries => channel.Reader;

    public long Refused => Interlocked.Read(ref refused);

    /// <summary>Why the run failed, once closed; null when it did not.</summary>
    public string? Failure { get; private set; }

    public void Add(in Entry entry)
    {
        if (!channel.Writer.TryWrite(entry))
        {
            Interlocked.Increment(ref refused);
        }
    }

    /// <summary>A mark waits for room: it is asked for by somebody who waits anyway.</summary>
    public void AddMark(Entry mark)
    {
        if (!channel.Writer.TryWrite(mark))
        {
            _ = AddMarkAsync(mark);
        }
    }

    public void Close(string? failure)
    {
        Failure = failure;
        channel.Writer.TryComplete();
    }

    private async Task AddMarkAsync(Entry mark)
    {
        try
        {
            await channel.Writer.WriteAsync(mark);
        }
        catch (ChannelClosedException)
        {
            ((TaskCompletionSource)mark.Payload!).TrySetResult(); // closed: everything was delivered or given up
        }
    }
}
