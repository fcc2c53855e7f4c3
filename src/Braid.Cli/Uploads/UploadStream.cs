using System.Runtime.CompilerServices;
using Braid.Cli.Archives;
using Braid.Cli.Transfers;
using Braid.Protos.Pfs;

namespace Braid.Cli.Uploads;

/// <summary>
/// Turns what is to be put into the messages of one stream, in order:
/// 1 files are gathered into batches, large ones cut into several; 2 a few batches are read ahead at a time; 3 their messages
/// leave in order. Memory is that of the batches read ahead, whatever is put.
/// </summary>
internal sealed class UploadStream(bool append, int readers, TransferProgress progress)
{
    private const int mostFiles = 512;

    /// <summary>A message's bytes are valid until the next one is asked for.</summary>
    public async IAsyncEnumerable<ModifyFileRequest> RequestsAsync(
        IEnumerable<UploadPart> parts,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        using var steps = Steps(parts).GetEnumerator();
        var ahead = new Queue<Step>();
        try
        {
            while (true)
            {
                while (ahead.Count < readers && steps.MoveNext())
                {
                    ahead.Enqueue(steps.Current);
                }

                if (!ahead.TryDequeue(out var step))
                {
                    break;
                }

                await foreach (var request in MessagesAsync(step, ct))
                {
                    yield return request;
                }
            }
        }
        finally
        {
            await EndAsync(ahead);
        }
    }

    private async IAsyncEnumerable<ModifyFileRequest> MessagesAsync(
        Step step,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        if (step.Reading is null)
        {
            await foreach (var request in LiveAsync(step.Live, ct))
            {
                yield return request;
            }

            yield break;
        }

        using var batch = await step.Reading;
        foreach (var request in batch.Requests)
        {
            yield return request;
        }

        progress.Add(batch.Files, batch.Bytes);
    }

    private IAsyncEnumerable<ModifyFileRequest> LiveAsync(UploadPart? part, CancellationToken ct) =>
        part switch
        {
            ArchivePart archive => ArchiveAsync(archive, ct),
            StreamPart stream => StreamAsync(stream, ct),
            AddressPart address => Address(address).ToAsyncEnumerable(),
            _ => throw new InvalidOperationException($"a {part} is read in batches"),
        };

    private async IAsyncEnumerable<ModifyFileRequest> StreamAsync(
        StreamPart part,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        if (!append)
        {
            yield return Message.Delete(part.Path);
        }

        await using var content = part.Open();
        var buffer = new byte[UploadBatch.Length];
        var isFirst = true;
        // What is empty is one empty message.
        while (
            await content.ReadAtLeastAsync(buffer, buffer.Length, false, ct) is var length && (length > 0 || isFirst)
        )
        {
            yield return Message.Add(part.Path, buffer.AsMemory(0, length));
            progress.Add(isFirst ? 1 : 0, length);
            isFirst = false;
        }
    }

    private async IAsyncEnumerable<ModifyFileRequest> ArchiveAsync(
        ArchivePart part,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var folder = part.Path.TrimEnd('/');
        await foreach (var piece in ArchiveReader.ReadAsync(part.Name, part.Open(), ct))
        {
            var path = $"{folder}/{piece.Path}";
            if (piece.IsFirst && !append)
            {
                yield return Message.Delete(path);
            }

            yield return Message.Add(path, piece.Bytes);
            progress.Add(piece.IsFirst ? 1 : 0, piece.Bytes.Length);
        }
    }

    private IEnumerable<ModifyFileRequest> Address(AddressPart part)
    {
        if (!append)
        {
            yield return Message.Delete(part.Path);
        }

        yield return new()
        {
            AddFile = new()
            {
                Path = part.Path,
                Url = new() { URL = part.Address, Recursive = part.IsRecursive },
            },
        };
        progress.Add(1, 0);
    }

    /// <summary>Reading begins when a step is asked for.</summary>
    private IEnumerable<Step> Steps(IEnumerable<UploadPart> parts)
    {
        var (batch, bytes) = (new List<FilePart>(), 0L);
        foreach (var piece in parts.SelectMany(Pieces))
        {
            var length = piece is FilePart file ? file.Length : UploadBatch.Length;
            if (batch.Count > 0 && (batch.Count == mostFiles || bytes + length > UploadBatch.Length))
            {
                yield return Read(batch);
                (batch, bytes) = ([], 0);
            }

            if (piece is FilePart small)
            {
                batch.Add(small);
                bytes += length;
            }
            else
            {
                yield return new(null, piece);
            }
        }

        if (batch.Count > 0)
        {
            yield return Read(batch);
        }
    }

    private Step Read(List<FilePart> batch) => new(Task.Run(() => UploadBatch.Read(batch, append)), null);

    private static IEnumerable<UploadPart> Pieces(UploadPart part) =>
        part is FilePart { Length: > UploadBatch.Length } file ? file.Cut(UploadBatch.Length) : [part];

    /// <summary>What was read ahead of a stream that ends early is waited for, so that no reader outlives it.</summary>
    private static async Task EndAsync(Queue<Step> ahead)
    {
        foreach (var step in ahead)
        {
            if (step.Reading is { } reading)
            {
                await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>A batch that is being read, or what is read only when its turn comes.</summary>
    private readonly record struct Step(Task<UploadBatch>? Reading, UploadPart? Live);
}
