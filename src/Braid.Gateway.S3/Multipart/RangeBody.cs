using Braid.Gateway.S3.Signing;

namespace Braid.Gateway.S3.Multipart;

/// <summary>The next <paramref name="length"/> bytes of a stream, or what is left of it.</summary>
internal sealed class RangeBody(Stream source, long length) : ReadOnlyBody
{
    private long left = length;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var got = await source.ReadAsync(buffer[..(int)Math.Min(buffer.Length, left)], cancellationToken);
        left -= got;
        return got;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }
}
