namespace Braid.Tracking.Series;

/// <summary>One value of one series.</summary>
/// <param name="TimestampMs">Milliseconds since 1970.</param>
public readonly record struct Point(string Metric, string Variant, long Step, long TimestampMs, double Value)
{
    /// <summary>The step of a value that belongs to the run as a whole (ClearML's iteration -2147483648).</summary>
    public const long SingleValueStep = long.MinValue;
}

/// <summary>One value, its series known from the context.</summary>
public readonly record struct Sample(long Step, long TimestampMs, double Value);

/// <summary>Values of one series, in order of arrival.</summary>
public readonly record struct SeriesSamples(SeriesName Name, IReadOnlyList<Sample> Samples);

/// <summary>A series' name. A name of MLflow's is <see cref="FromKey"/>.</summary>
public readonly record struct SeriesName(string Metric, string Variant)
{
    /// <summary>Splits at the first '/'; without one, or with equal parts, metric and variant are both the key.</summary>
    public static SeriesName FromKey(string key)
    {
        var slash = key.IndexOf('/');
        return slash < 0 || key.AsSpan(0, slash).SequenceEqual(key.AsSpan(slash + 1))
            ? new(key, key)
            : new(key[..slash], key[(slash + 1)..]);
    }

    /// <summary>The MLflow key.</summary>
    public string Key => Metric == Variant ? Metric : $"{Metric}/{Variant}";
}

/// <summary>What a series belongs to: a run or a model; both are 32 hex digits.</summary>
public readonly record struct SeriesOwner
{
    private SeriesOwner(Primitives.Hex32 id, bool isModel)
    {
        Id = id;
        IsModel = isModel;
    }

    public Primitives.Hex32 Id { get; }

    public bool IsModel { get; }

    public static SeriesOwner Of(Primitives.RunId run) => new(run.Value, isModel: false);

    public static SeriesOwner Of(Primitives.ModelId model) => new(model.Value, isModel: true);

    public static implicit operator SeriesOwner(Primitives.RunId run) => Of(run);

    public static implicit operator SeriesOwner(Primitives.ModelId model) => Of(model);
}
