using System.Buffers;
using System.IO.Compression;
using Google.Protobuf;

namespace Braid.Grpc.Framing;

/// <summary>Compression of single messages (<c>grpc-encoding: gzip</c>), bounded by the message limit in both directions.</summary>
internal static class Gzip
{
    public static ReadOnlySequence<byte> Decompress(ReadOnlySequence<byte> body)
    {
        using var packed = new GZipStream(new MemoryStream(body.ToArray()), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            int got;
            while ((got = packed.Read(buffer)) > 0)
            {
                plain.Write(buffer, 0, got);
                if (plain.Length > MessageLimits.MaxMessageBytes)
                {
                    throw Refusals.InflatesTooFar();
                }
            }
        }
        catch (InvalidDataException error)
        {
            throw Refusals.NotGzip(error);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return new(plain.GetBuffer(), 0, (int)plain.Length);
    }

    public static byte[] Compress(IMessage message)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            message.WriteTo(gzip);
        }

        return packed.ToArray();
    }
}
