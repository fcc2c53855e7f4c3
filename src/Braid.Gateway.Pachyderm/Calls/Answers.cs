namespace Braid.Gateway.Pachyderm.Calls;

/// <summary>The messages of an answer that is a stream, sent as they are taken from the sequence.</summary>
internal sealed class Answers<T>(IAsyncEnumerable<T> all)
{
    public Answers(IEnumerable<T> all)
        : this(all.ToAsyncEnumerable()) { }

    public IAsyncEnumerable<T> All { get; } = all;
}
