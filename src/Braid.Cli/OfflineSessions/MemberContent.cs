using System.Net;
using Braid.Cli.Archives;
using Braid.Cli.Transfers;

namespace Braid.Cli.OfflineSessions;

/// <summary>A file of an archive as the body of a request, unpacked while it is sent.</summary>
internal sealed class MemberContent(
    ZipMember member,
    IAsyncEnumerable<ReadOnlyMemory<byte>> pieces,
    TransferProgress progress
) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        await foreach (var piece in pieces.WithCancellation(cancellationToken))
        {
            await stream.WriteAsync(piece, cancellationToken);
            progress.Add(0, piece.Length);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = member.Entry.Length;
        return true;
    }
}
