namespace Braid.Cli.MLflowImports.Sources;

/// <summary>A key and a value of MLflow's: a tag or a parameter.</summary>
internal readonly record struct Pair(string Key, string Value);

/// <summary>One logged value of a metric; times are milliseconds since 1970.</summary>
internal readonly record struct SourcePoint(string Key, long Timestamp, long Step, double Value);

internal sealed record SourceExperiment(string Id, string Name)
{
    /// <summary>Where the files of its runs go, as the source has it.</summary>
    public string Location { get; init; } = "";
    public bool IsDeleted { get; init; }
    public IReadOnlyList<Pair> Tags { get; init; } = [];
}

internal sealed record SourceRun(string Id)
{
    public string Name { get; init; } = "";
    public string User { get; init; } = "";

    /// <summary>RUNNING, SCHEDULED, FINISHED, FAILED or KILLED.</summary>
    public string Status { get; init; } = "";
    public long? Started { get; init; }
    public long? Ended { get; init; }
    public bool IsDeleted { get; init; }
    public string ArtifactUri { get; init; } = "";
    public IReadOnlyList<Pair> Parameters { get; init; } = [];
    public IReadOnlyList<Pair> Tags { get; init; } = [];
    public IReadOnlyList<SourceDataset> Datasets { get; init; } = [];

    /// <summary>Logged models that it reads, and that it made.</summary>
    public IReadOnlyList<SourceLink> InputModels { get; init; } = [];
    public IReadOnlyList<SourceLink> OutputModels { get; init; } = [];

    /// <summary>Why it cannot be read; then its id is all there is of it.</summary>
    public string? Damage { get; init; }

    /// <summary>The keys of its metrics, where the source lists them with the run.</summary>
    public IReadOnlyList<string> MetricKeys { get; init; } = [];
}

internal sealed record SourceDataset(string Name, string Digest, string Type, string Source)
{
    public string? Schema { get; init; }
    public string? Profile { get; init; }
    public IReadOnlyList<Pair> Tags { get; init; } = [];
}

internal readonly record struct SourceLink(string ModelId, long Step);

/// <summary>A logged model of MLflow 3.</summary>
internal sealed record SourceModel(string Id)
{
    public string Name { get; init; } = "";
    public string Type { get; init; } = "";

    /// <summary>The number or the name of its status.</summary>
    public string Status { get; init; } = "";
    public string StatusMessage { get; init; } = "";
    public string RunId { get; init; } = "";
    public string ArtifactUri { get; init; } = "";
    public long Created { get; init; }
    public long Updated { get; init; }
    public bool IsDeleted { get; init; }
    public IReadOnlyList<Pair> Parameters { get; init; } = [];
    public IReadOnlyList<Pair> Tags { get; init; } = [];

    /// <summary>Its points, those of one key together; exactly the same point once.</summary>
    public IReadOnlyList<SourcePoint> Points { get; init; } = [];
}

/// <summary>A registered model with everything below its name.</summary>
internal sealed record SourceName(string Name)
{
    public string Description { get; init; } = "";
    public long Created { get; init; }
    public long Updated { get; init; }
    public IReadOnlyList<Pair> Tags { get; init; } = [];

    /// <summary>Alias and version.</summary>
    public IReadOnlyList<Pair> Aliases { get; init; } = [];
    public IReadOnlyList<SourceVersion> Versions { get; init; } = [];
}

internal sealed record SourceVersion(string Number)
{
    public string Source { get; init; } = "";

    /// <summary>Where the files are, when the source names another model (<c>models:/...</c>).</summary>
    public string Storage { get; init; } = "";
    public string RunId { get; init; } = "";
    public string RunLink { get; init; } = "";
    public string ModelId { get; init; } = "";
    public string Stage { get; init; } = "";
    public string Status { get; init; } = "";
    public string StatusMessage { get; init; } = "";
    public string User { get; init; } = "";
    public string Description { get; init; } = "";
    public long Created { get; init; }
    public long Updated { get; init; }
    public IReadOnlyList<Pair> Tags { get; init; } = [];
}

/// <summary>A file among the artifacts of a run or a logged model.</summary>
/// <param name="Path">Below its root, with '/' between the parts.</param>
/// <param name="OpenAsync">Its bytes.</param>
internal sealed record SourceFile(string Path, long? Length, Func<CancellationToken, Task<Stream>> OpenAsync);
