namespace Braid.Pipelines.Specs;

/// <summary>The words of <c>reprocess_spec</c>.</summary>
internal static class ReprocessSpecs
{
    public const string UntilSuccess = "until_success";
    public const string EveryJob = "every_job";
}
