using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Pfs;

namespace Braid.Cli.OldForms.Splitting;

/// <summary>Turns the records of sources into the messages of one ModifyFile stream.</summary>
internal sealed class SplitUpload(PachClient pach, Commit commit, SplitFormat format, PartSizes sizes, bool overwrite)
{
    /// <summary>A message is sent when it holds this much, whether its file is full or not.</summary>
    private const int Piece = 2 * 1024 * 1024;

    public async IAsyncEnumerable<ModifyFileRequest> RequestsAsync(
        IReadOnlyList<SplitSource> sources,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        // Asked before the stream begins: what is there is not seen while it runs.
        var firsts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var directory in sources.Select(source => source.Directory).Distinct(StringComparer.Ordinal))
        {
            firsts[directory] = overwrite ? 0 : await NextNumberAsync(directory, ct);
        }

        yield return new() { SetCommit = commit };
        foreach (var source in sources)
        {
            if (overwrite && firsts[source.Directory] == 0)
            {
                yield return new() { DeleteFile = new() { Path = source.Directory.TrimEnd('/') + "/" } };
            }

            var parts = new Parts(source.Directory, firsts[source.Directory]);
            await using var content = await OpenAsync(source, ct);
            await foreach (var message in SplitAsync(content, parts, ct))
            {
                yield return message;
            }

            firsts[source.Directory] = parts.Next;
        }
    }

    private async IAsyncEnumerable<ModifyFileRequest> SplitAsync(
        Stream content,
        Parts parts,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var frame = format.IsDump ? await DumpFrame.ReadAsync(content, ct) : null;
        var around = frame is null ? null : new DumpFrame();
        if (frame is not null)
        {
            content.Position = 0;
        }

        var header = new ArrayBufferWriter<byte>();
        header.Write(frame is null ? default : frame.Header.Span);
        var headerRecords = format.HeaderRecords;
        await foreach (var record in RecordReader.ReadAsync(content, format.NewScanner(), ct))
        {
            if (around?.IsRow(record) == false)
            {
                continue;
            }

            if (headerRecords-- > 0)
            {
                header.Write(record.ToArray());
                continue;
            }

            parts.Add(format.Trimmed(record), header.WrittenSpan, format.Separator);
            if (sizes.IsFull(parts.Records, parts.Bytes))
            {
                yield return parts.Close(frame?.Footer ?? default);
            }
            else if (parts.Pending >= Piece)
            {
                yield return parts.Send();
            }
        }

        if (parts.Records > 0)
        {
            yield return parts.Close(frame?.Footer ?? default);
        }
    }

    /// <summary>A dump is read twice: what cannot be read again is kept in a file meanwhile.</summary>
    private async Task<Stream> OpenAsync(SplitSource source, CancellationToken ct)
    {
        var content = source.Open();
        if (!format.IsDump || content.CanSeek)
        {
            return content;
        }

        await using (content)
        {
            var copy = new FileStream(
                Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.ReadWrite,
                    Options = FileOptions.DeleteOnClose,
                }
            );
            await content.CopyToAsync(copy, ct);
            copy.Position = 0;
            return copy;
        }
    }

    /// <summary>The number after the last one that is there; 0 in a new directory, repo or branch.</summary>
    private async Task<long> NextNumberAsync(string directory, CancellationToken ct)
    {
        var request = new ListFileRequest
        {
            File = new() { Commit = commit, Path = directory },
        };
        long next = 0;
        try
        {
            await foreach (var file in pach.StreamAsync(PfsMethods.ListFile, request, ct))
            {
                var name = file.File.Path[(file.File.Path.LastIndexOf('/') + 1)..];
                if (
                    name.Length == Parts.Digits
                    && long.TryParse(name, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
                )
                {
                    next = Math.Max(next, number + 1);
                }
            }
        }
        catch (Grpc.Statuses.GrpcException refused) when (refused.Status.Code == Grpc.Statuses.GrpcCode.NotFound)
        {
            // Nothing is there yet.
        }

        return next;
    }
}
