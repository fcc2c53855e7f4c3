using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Braid.Cli.OldForms.Splitting;

/// <summary>Reads a stream record by record; memory is that of one record.</summary>
internal static class RecordReader
{
    /// <summary>A record is valid until the next one is asked for. What follows the last end is a record, unless it is empty.</summary>
    public static async IAsyncEnumerable<ReadOnlySequence<byte>> ReadAsync(
        Stream source,
        IRecordScanner scanner,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var pipe = PipeReader.Create(source, new(leaveOpen: true));
        long scanned = 0;
        while (true)
        {
            var read = await pipe.ReadAsync(ct);
            var rest = read.Buffer;
            while (EndOf(rest.Slice(scanned), scanner) is var end and >= 0)
            {
                var record = rest.Slice(0, scanned + end);
                yield return record;
                rest = rest.Slice(record.End);
                scanned = 0;
            }

            scanned = rest.Length;
            if (read.IsCompleted)
            {
                if (!IsBlank(rest))
                {
                    yield return rest;
                }

                await pipe.CompleteAsync();
                yield break;
            }

            pipe.AdvanceTo(rest.Start, rest.End);
        }
    }

    /// <summary>Where the record ends; -1 when it goes on.</summary>
    private static long EndOf(ReadOnlySequence<byte> bytes, IRecordScanner scanner)
    {
        long before = 0;
        foreach (var piece in bytes)
        {
            var end = scanner.End(piece.Span);
            if (end >= 0)
            {
                return before + end;
            }

            before += piece.Length;
        }

        return -1;
    }

    private static bool IsBlank(ReadOnlySequence<byte> bytes)
    {
        foreach (var piece in bytes)
        {
            if (piece.Span.ContainsAnyExcept(" \r\n\t"u8))
            {
                return false;
            }
        }

        return true;
    }
}
