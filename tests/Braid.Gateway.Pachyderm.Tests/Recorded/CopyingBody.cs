using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Braid.Gateway.Pachyderm.Tests.Recorded;

/// <summary>A response body that keeps a copy; all else stays the server's own, down to whether the headers end the stream.</summary>
internal sealed class CopyingBody(IHttpResponseBodyFeature inner) : IHttpResponseBodyFeature
{
    private readonly CopyingWriter writer = new(inner.Writer);

    public byte[] Copy => writer.Copy;

    public PipeWriter Writer => writer;

    public Stream Stream => inner.Stream;

    public void DisableBuffering() => inner.DisableBuffering();

    public Task StartAsync(CancellationToken ct = default) => inner.StartAsync(ct);

    public Task CompleteAsync() => inner.CompleteAsync();

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken ct = default) =>
        inner.SendFileAsync(path, offset, count, ct);

    private sealed class CopyingWriter(PipeWriter inner) : PipeWriter
    {
        private readonly MemoryStream copy = new();
        private Memory<byte> current;

        public byte[] Copy => copy.ToArray();

        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => current = inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public override void Advance(int bytes)
        {
            copy.Write(current.Span[..bytes]);
            inner.Advance(bytes);
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken ct = default) => inner.FlushAsync(ct);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);
    }
}
