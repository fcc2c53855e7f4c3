using Braid.TrainingJobs.Validation;

namespace Braid.TrainingJobs.Manifests.Reading;

/// <summary>What a reader came upon in one manifest.</summary>
internal sealed class Findings
{
    public List<FieldError> Errors { get; } = [];

    public List<string> Warnings { get; } = [];
}
