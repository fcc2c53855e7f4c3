using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Braid.Gateway.S3.Answers;

namespace Braid.Gateway.S3.Signing;

/// <summary>
/// Takes the <c>aws-chunked</c> framing off a body, so that it never becomes part of an object:
/// <c>hex-size[;chunk-signature=...] CRLF bytes CRLF</c>, again and again, then a chunk of size 0, then lines
/// <c>name:value CRLF</c>, and an empty line. Signatures are checked where there are any to check.
/// </summary>
internal sealed class ChunkedBody(Stream framed, ChunkSignatures? signatures, BodyChecks checks) : ReadOnlyBody
{
    private const int longestLine = 4096;
    private const int longestTrailer = 64 * 1024;
    private const string signatureField = "chunk-signature=";
    private const string trailerSignature = "x-amz-trailer-signature";

    private readonly PipeReader reader = PipeReader.Create(framed, new(leaveOpen: true));
    private string claimed = "";
    private long left;
    private bool inChunk;
    private bool ended;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!ended && left == 0)
        {
            await NextChunkAsync(cancellationToken);
        }

        return ended || buffer.IsEmpty ? 0 : await TakeAsync(buffer, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            reader.Complete();
            signatures?.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> TakeAsync(Memory<byte> buffer, CancellationToken ct)
    {
        var read = await reader.ReadAsync(ct);
        if (read.Buffer.IsEmpty)
        {
            throw new BadBodyException(S3Error.IncompleteBody);
        }

        var count = (int)Math.Min(Math.Min(left, buffer.Length), read.Buffer.Length);
        read.Buffer.Slice(0, count).CopyTo(buffer.Span);
        reader.AdvanceTo(read.Buffer.GetPosition(count));
        signatures?.Append(buffer.Span[..count]);
        left -= count;
        return count;
    }

    /// <summary>Ends the chunk before, reads the line before the next one, and all that follows the last one.</summary>
    private async ValueTask NextChunkAsync(CancellationToken ct)
    {
        if (inChunk)
        {
            if ((await LineAsync(ct))?.Length != 0)
            {
                throw new BadBodyException(S3Error.IncompleteBody);
            }

            signatures?.EndChunk(claimed);
        }

        ReadHead(await LineAsync(ct) ?? throw new BadBodyException(S3Error.IncompleteBody));
        inChunk = true;
        if (left == 0)
        {
            signatures?.EndChunk(claimed);
            await ReadTrailerAsync(ct);
            ended = true;
        }
    }

    private void ReadHead(string line)
    {
        var fields = line.Split(';');
        if (
            !long.TryParse(fields[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out left)
            || left < 0
        )
        {
            throw new BadBodyException(S3Error.IncompleteBody);
        }

        var signature = fields.FirstOrDefault(field => field.StartsWith(signatureField, StringComparison.Ordinal));
        claimed = signature?[signatureField.Length..] ?? "";
    }

    private async ValueTask ReadTrailerAsync(CancellationToken ct)
    {
        var signed = new StringBuilder();
        while (await LineAsync(ct) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || signed.Length > longestTrailer)
            {
                throw new BadBodyException(S3Error.IncompleteBody);
            }

            var (name, value) = (line[..colon].Trim(), line[(colon + 1)..].Trim());
            if (name.Equals(trailerSignature, StringComparison.OrdinalIgnoreCase))
            {
                signatures?.EndTrailer(signed.ToString(), value);
                continue;
            }

            signed.Append(name.ToLowerInvariant()).Append(':').Append(value).Append('\n');
            checks.Trailer(name, value);
        }
    }

    /// <summary>A line without its end; null at the end of the body.</summary>
    private async ValueTask<string?> LineAsync(CancellationToken ct)
    {
        while (true)
        {
            var read = await reader.ReadAsync(ct);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.ASCII.GetString(read.Buffer.Slice(0, end)).TrimEnd('\r');
                reader.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line;
            }

            if (read.Buffer.Length > longestLine)
            {
                throw new BadBodyException(S3Error.IncompleteBody);
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return null;
            }
        }
    }
}
