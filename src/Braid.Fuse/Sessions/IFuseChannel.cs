namespace Braid.Fuse.Sessions;

/// <summary>What requests come from and answers go to: the kernel's device, or a test.</summary>
public interface IFuseChannel
{
    /// <summary>Waits for the next request; its length, or 0 when the file system is not mounted any more.</summary>
    int Read(Span<byte> into);

    /// <summary>Sends one whole answer. An answer to what the kernel forgot meanwhile is dropped.</summary>
    void Write(ReadOnlySpan<byte> answer);
}
