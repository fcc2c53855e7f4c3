using Braid.Gateway.MLflow.Wire;
using Braid.Tracking.Artifacts;

namespace Braid.Gateway.MLflow.Uploads;

/// <summary>Stored files, read one after the other as one stream.</summary>
internal sealed class JoinedFiles(StreamCall call, IReadOnlyList<string> paths) : Stream
{
    private Stream? current;
    private int next;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (current is not null && await current.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                return read;
            }

            if (next == paths.Count)
            {
                return 0;
            }

            await OpenNextAsync(cancellationToken);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (current is not null)
        {
            await current.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    private async Task OpenNextAsync(CancellationToken ct)
    {
        if (current is not null)
        {
            await current.DisposeAsync();
            current = null;
        }

        var path = paths[next++];
        var opened = await call.Rooms.Artifacts.OpenAsync(call.Caller, ArtifactSpaces.Uploads, path, ct);
        current = opened.IsOk
            ? opened.Value.Content
            : throw new IOException($"the part '{path}' went while the file was put together");
    }
}
