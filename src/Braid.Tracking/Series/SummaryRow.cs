using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Series;

/// <summary>The summary columns of a series' row, and how samples change them. A NaN is kept as NULL.</summary>
internal sealed record SummaryRow
{
    public const string Columns = """
        id, owner_id, metric, variant, count, numbers, sum, first_step, first_ms, first_value, last_step, last_ms,
        last_value, min_step, min_ms, min_value, max_step, max_ms, max_value, single_ms, single_value, blocks
        """;

    public const string ColumnsWithTail = Columns + ", tail, tail_writer";

    public string Id { get; init; } = "";
    public string OwnerId { get; init; } = "";
    public string Metric { get; init; } = "";
    public string Variant { get; init; } = "";
    public long Count { get; private set; }
    public long Numbers { get; private set; }
    public double Sum { get; private set; }
    public long FirstStep { get; private set; }
    public long FirstMs { get; private set; }
    public double? FirstValue { get; private set; }
    public long LastStep { get; private set; }
    public long LastMs { get; private set; }
    public double? LastValue { get; private set; }
    public long MinStep { get; private set; }
    public long MinMs { get; private set; }
    public double? MinValue { get; private set; }
    public long MaxStep { get; private set; }
    public long MaxMs { get; private set; }
    public double? MaxValue { get; private set; }
    public long? SingleMs { get; private set; }
    public double? SingleValue { get; private set; }

    /// <summary>The sequence number of the next block.</summary>
    public long Blocks { get; init; }

    /// <summary>The newest points, a block; read only by who asks for <see cref="ColumnsWithTail"/>.</summary>
    public byte[] Tail { get; init; } = [];
    public string TailWriter { get; init; } = "";

    public SeriesName Name => new(Metric, Variant);

    /// <summary>The series of the owners, by owner, metric, variant.</summary>
    /// <param name="names">Only these; null for all.</param>
    public static async Task<ILookup<string, SeriesSummary>> OfAsync(
        DbRead db,
        IReadOnlyList<string> owners,
        IReadOnlyList<SeriesName>? names
    )
    {
        var rows = names is null ? await RowsOfAsync(db, owners) : await RowsOfAsync(db, owners, names);
        return rows.ToLookup(row => row.OwnerId, row => row.ToSummary(), StringComparer.Ordinal);
    }

    public static Task<IReadOnlyList<SummaryRow>> RowsOfAsync(DbRead db, IEnumerable<string> owners) =>
        SqlArguments.QueryAsync<SummaryRow>(
            db,
            $"SELECT {Columns} FROM series WHERE owner_id IN {{0}} ORDER BY owner_id, metric, variant",
            owners
        );

    /// <summary>By their keys, which are known without asking: each row is one look into an index, whatever else its owner has.</summary>
    private static async Task<IReadOnlyList<SummaryRow>> RowsOfAsync(
        DbRead db,
        IReadOnlyList<string> owners,
        IReadOnlyList<SeriesName> names
    )
    {
        var rows = await SqlArguments.QueryAsync<SummaryRow>(
            db,
            $"SELECT {Columns} FROM series WHERE id IN {{0}}",
            from owner in owners
            from name in names.Distinct()
            select SeriesId.Of(owner, name)
        );
        return
        [
            .. rows.OrderBy(row => row.OwnerId, StringComparer.Ordinal)
                .ThenBy(row => row.Metric, StringComparer.Ordinal)
                .ThenBy(row => row.Variant, StringComparer.Ordinal),
        ];
    }

    /// <summary>Tells the summary of one sample more. In place: a batch may bring thousands.</summary>
    public void Add(Sample sample)
    {
        if (Count++ == 0)
        {
            (FirstStep, FirstMs, FirstValue) = (sample.Step, sample.TimestampMs, Number(sample.Value));
            (MinStep, MinMs) = (MaxStep, MaxMs) = (sample.Step, sample.TimestampMs);
            SetLast(sample);
        }
        else if (IsLater(sample, Last))
        {
            SetLast(sample);
        }

        if (sample.Step == Point.SingleValueStep)
        {
            (SingleMs, SingleValue) = (sample.TimestampMs, Number(sample.Value));
        }

        if (!double.IsNaN(sample.Value))
        {
            AddNumber(sample);
        }
    }

    public SeriesSummary ToSummary() =>
        new()
        {
            Owner = Hex32.Parse(OwnerId),
            Metric = Metric,
            Variant = Variant,
            Count = Count,
            First = new(FirstStep, FirstMs, FirstValue ?? double.NaN),
            Last = Last,
            Min = new(MinStep, MinMs, MinValue ?? double.NaN),
            Max = new(MaxStep, MaxMs, MaxValue ?? double.NaN),
            Mean = Numbers == 0 ? double.NaN : Sum / Numbers,
        };

    private Sample Last => new(LastStep, LastMs, LastValue ?? double.NaN);

    private static double? Number(double value) => double.IsNaN(value) ? null : value;

    private static bool IsLater(Sample sample, Sample than) =>
        (sample.Step, sample.TimestampMs, Number(sample.Value) ?? 0).CompareTo(
            (than.Step, than.TimestampMs, Number(than.Value) ?? 0)
        ) >= 0;

    private void SetLast(Sample sample) =>
        (LastStep, LastMs, LastValue) = (sample.Step, sample.TimestampMs, Number(sample.Value));

    private void AddNumber(Sample sample)
    {
        Numbers++;
        Sum = Finite(Sum + sample.Value);
        if (MinValue is not { } min || sample.Value < min)
        {
            (MinStep, MinMs, MinValue) = (sample.Step, sample.TimestampMs, sample.Value);
        }

        if (MaxValue is not { } max || sample.Value > max)
        {
            (MaxStep, MaxMs, MaxValue) = (sample.Step, sample.TimestampMs, sample.Value);
        }
    }

    /// <summary>Infinities of both signs sum up to NaN, which no column holds.</summary>
    private static double Finite(double sum) => double.IsNaN(sum) ? 0 : sum;
}
