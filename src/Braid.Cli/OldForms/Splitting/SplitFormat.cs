using System.Buffers;
using Braid.Cli.CommandLine;

namespace Braid.Cli.OldForms.Splitting;

/// <summary>How records are told apart, and what every file must begin and end with.</summary>
/// <param name="NewScanner">Finds where records end; one per source.</param>
/// <param name="HeaderRecords">The first records, which are a header.</param>
/// <param name="IsDump">A dump of PostgreSQL: header and footer are what stands around the rows.</param>
internal sealed record SplitFormat(Func<IRecordScanner> NewScanner, long HeaderRecords, bool IsDump)
{
    /// <summary>White space around a record means nothing; records in one file are lines.</summary>
    public bool IgnoresSpace { get; init; }

    public ReadOnlySpan<byte> Separator => IgnoresSpace ? "\n"u8 : default;

    /// <exception cref="Failure">There is no such format.</exception>
    public static SplitFormat Parse(string name, long headerRecords) =>
        name switch
        {
            "line" => new(() => new LineScanner(), headerRecords, false),
            "json" => new(() => new JsonScanner(), headerRecords, false) { IgnoresSpace = true },
            "csv" => new(() => new CsvScanner(), headerRecords, false),
            "sql" when headerRecords == 0 => new(() => new LineScanner(), 0, true),
            "sql" => throw new Failure(
                "--header-records cannot be used with --split sql: a dump says itself what its header is"
            ),
            _ => throw new Failure($"unrecognized delimiter '{name}'; only accepts one of {{json,line,sql,csv}}"),
        };

    public ReadOnlySequence<byte> Trimmed(ReadOnlySequence<byte> record)
    {
        if (!IgnoresSpace)
        {
            return record;
        }

        var bytes = record.ToArray();
        return new(bytes.AsMemory().Trim(" \r\n\t"u8));
    }
}

/// <summary>Finds the ends of records in bytes that come piece by piece.</summary>
internal interface IRecordScanner
{
    /// <summary>How many of these bytes, which follow the last ones, belong to the record; -1 when it goes on after them.</summary>
    int End(ReadOnlySpan<byte> bytes);
}
