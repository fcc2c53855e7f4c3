using System.Net;
using Braid.Cli.Transfers;

namespace Braid.Cli.EventFiles;

/// <summary>A part of a file as the body of a request. The file may grow meanwhile; what is added is not sent.</summary>
internal sealed class FileRange(FileStream file, long offset, long length, TransferProgress? progress) : HttpContent
{
    private const int pieceLength = 1 << 18;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        var piece = new byte[pieceLength];
        file.Position = offset;
        for (var left = length; left > 0; )
        {
            var read = await file.ReadAsync(piece.AsMemory(0, (int)Math.Min(left, pieceLength)), cancellationToken);
            if (read == 0)
            {
                throw new IOException($"{file.Name} became shorter while it was read");
            }

            await stream.WriteAsync(piece.AsMemory(0, read), cancellationToken);
            progress?.Add(0, read);
            left -= read;
        }
    }

    protected override bool TryComputeLength(out long all)
    {
        all = length;
        return true;
    }
}
