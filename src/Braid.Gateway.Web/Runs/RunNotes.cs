using Braid.Tracking.Runs;

namespace Braid.Gateway.Web.Runs;

/// <summary>What people wrote about a run: ClearML's clients keep it as the comment, MLflow's as a tag.</summary>
internal static class RunNotes
{
    public const string NameTag = "mlflow.runName";
    public const string NoteTag = "mlflow.note.content";

    /// <summary>The run's tags have been read.</summary>
    public static string Of(Run run) =>
        run.Comment.Length > 0 ? run.Comment : run.Tags.FirstOrDefault(tag => tag.Key == NoteTag)?.Value ?? "";
}
