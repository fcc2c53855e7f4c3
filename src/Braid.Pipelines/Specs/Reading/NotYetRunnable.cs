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
        ("input.cron", spec => spec.Input.All.Any(input => input is Input.Cron)),
        ("a spout pipeline", spec => spec.Kind == PipelineKind.Spout),
        ("a service pipeline", spec => spec.Kind == PipelineKind.Service),
        ("egress", spec => spec.Egress is not null),
    ];

    public static Error? Check(PipelineSpec spec) =>
        features.FirstOrDefault(feature => feature.IsAskedFor(spec)).What is { } what
            ? Errors.NotSupported(what)
            : null;
}
