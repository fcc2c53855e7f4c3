using Braid.Primitives;

namespace Braid.Pipelines.Specs.Reading;

/// <summary>
/// What a spec may ask for and this server cannot do: such a pipeline is refused, for it would run otherwise than its author
/// expects. Who makes a feature work deletes its line.
/// </summary>
internal static class NotYetRunnable
{
    private static readonly (string What, Func<PipelineSpec, bool> IsAskedFor)[] features =
    [
        (
            "an S3 input of a service",
            spec => spec.Kind == PipelineKind.Service && spec.Input.Leaves.Any(leaf => leaf.S3)
        ),
        (
            "datum_batching in a spout or service",
            spec => spec.Kind != PipelineKind.Transform && spec.Transform.DatumBatching
        ),
        (
            "a distributed job in a spout or service",
            spec => spec is { TrainingJob: not null, Kind: not PipelineKind.Transform }
        ),
        (
            "a distributed job that reads or writes by S3",
            spec => spec.TrainingJob is not null && (spec.S3Out || spec.Input.Leaves.Any(leaf => leaf.S3))
        ),
        (
            "a lazy input of a distributed job",
            spec => spec.TrainingJob is not null && spec.Input.Leaves.Any(leaf => leaf.Lazy)
        ),
        ("egress to MySQL", spec => spec.Egress is Egress.SqlDatabase { Url: ['m', 'y', 's', 'q', 'l', ..] }),
        ("egress to Snowflake", spec => spec.Egress is Egress.SqlDatabase { Url: ['s', 'n', 'o', 'w', ..] }),
        ("egress of Parquet files", spec => spec.Egress is Egress.SqlDatabase { Format: SqlFileFormat.Parquet }),
    ];

    public static Error? Check(PipelineSpec spec) =>
        features.FirstOrDefault(feature => feature.IsAskedFor(spec)).What is { } what
            ? Errors.NotSupported(what)
            : null;
}
