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

    public string Id { get; init; } = "";
    public string OwnerId { get; init; } = "";
    public string Metric { get; init; } = "";
    public string Variant { get; init; } = "";
    public long Count { get; init; }
    public long Numbers { get; init; }
    public double Sum { get; init; }
    public long FirstStep { get; init; }
    public long FirstMs { get; init; }
    public double? FirstValue { get; init; }
    public long LastStep { get; init; }
    public long LastMs { get; init; }
    public double? LastValue { get; init; }
    public long MinStep { get; init; }
    public long MinMs { get; init; }
    public double? MinValue { get; init; }
    public long MaxStep { get; init; }
    public long MaxMs { get; init; }
    public double? MaxValue { get; init; }
    public long? SingleMs { get; init; }
    public double? SingleValue { get; init; }

    /// <summary>The sequence number of the next block.</summary>
    public long Blocks { get; init; }

    public SeriesName Name => new(Metric, Variant);

    /// <summary>All series of the owners, by owner, metric, variant.</summary>
    public static async Task<ILookup<string, SeriesSummary>> OfAsync(DbRead db, IEnumerable<string> owners)
    {
        var rows = await RowsOfAsync(db, owners);
        return rows.ToLookup(row => row.OwnerId, row => row.ToSummary(), StringComparer.Ordinal);
    }

    public static Task<IReadOnlyList<SummaryRow>> RowsOfAsync(DbRead db, IEnumerable<string> owners) =>
        SqlArguments.QueryAsync<SummaryRow>(
            db,
            $"SELECT {Columns} FROM series WHERE owner_id IN {{0}} ORDER BY owner_id, metric, variant",
            owners
        );

    /// <summary>The row with one sample more.</summary>
    public SummaryRow With(Sample sample)
    {
        var row = Count == 0 ? Begin(sample) : this;
        row = IsLater(sample, row.Last) ? row.WithLast(sample) : row;
        row =
            sample.Step == Point.SingleValueStep
                ? row with
                {
                    SingleMs = sample.TimestampMs,
                    SingleValue = Number(sample.Value),
                }
                : row;
        return double.IsNaN(sample.Value)
            ? row with
            {
                Count = row.Count + 1,
            }
            : row.WithNumber(sample) with
            {
                Count = row.Count + 1,
            };
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

    private SummaryRow Begin(Sample sample) =>
        WithLast(sample) with
        {
            FirstStep = sample.Step,
            FirstMs = sample.TimestampMs,
            FirstValue = Number(sample.Value),
            MinStep = sample.Step,
            MinMs = sample.TimestampMs,
            MaxStep = sample.Step,
            MaxMs = sample.TimestampMs,
        };

    private SummaryRow WithLast(Sample sample) =>
        this with
        {
            LastStep = sample.Step,
            LastMs = sample.TimestampMs,
            LastValue = Number(sample.Value),
        };

    private SummaryRow WithNumber(Sample sample)
    {
        var row = this with { Numbers = Numbers + 1, Sum = Finite(Sum + sample.Value) };
        row =
            MinValue is not { } min || sample.Value < min
                ? row with
                {
                    MinStep = sample.Step,
                    MinMs = sample.TimestampMs,
                    MinValue = sample.Value,
                }
                : row;
        return MaxValue is not { } max || sample.Value > max
            ? row with
            {
                MaxStep = sample.Step,
                MaxMs = sample.TimestampMs,
                MaxValue = sample.Value,
            }
            : row;
    }

    /// <summary>Infinities of both signs sum up to NaN, which no column holds.</summary>
    private static double Finite(double sum) => double.IsNaN(sum) ? 0 : sum;
}
