using System.Net;

namespace Braid.Agent.Serving;

/// <summary>What is there of a file at this moment, as a request's body: a file that grows while it is sent is sent as far as that.</summary>
/// <param name="file">Its caller's to close.</param>
internal sealed class RestOfFile(Stream file) : HttpContent
{
    private readonly long length = file.Length - file.Position;

    protected override bool TryComputeLength(out long bytes)
    {
        bytes = length;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken ct)
    {
        var buffer = new byte[Math.Min(length, 1 << 17)];
        for (var left = length; left > 0; )
        {
            var read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), ct);
            if (read == 0)
            {
                throw new IOException("the file became shorter while it was sent");
            }

            await stream.WriteAsync(buffer.AsMemory(0, read), ct);
            left -= read;
        }
    }
}
