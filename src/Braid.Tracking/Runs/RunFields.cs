using Braid.Tracking.Filters;

namespace Braid.Tracking.Runs;

/// <summary>The attributes of a run that filters and orders may name. Ids and statuses compare as text.</summary>
public static class RunFields
{
    public static Field Id { get; } = new Field.Attribute("e.id", FieldKind.Text);
    public static Field Name { get; } = new Field.Attribute("e.name", FieldKind.Text);
    public static Field Type { get; } = new Field.Attribute("e.type", FieldKind.Text);
    public static Field Status { get; } = new Field.Attribute("e.status", FieldKind.Text);
    public static Field StatusChanged { get; } = new Field.Attribute("e.status_changed", FieldKind.Time);
    public static Field StatusReason { get; } = new Field.Attribute("e.status_reason", FieldKind.Text);
    public static Field StatusMessage { get; } = new Field.Attribute("e.status_message", FieldKind.Text);
    public static Field Comment { get; } = new Field.Attribute("e.comment", FieldKind.Text);
    public static Field User { get; } = new Field.Attribute("e.user_name", FieldKind.Text);
    public static Field Project { get; } = new Field.Attribute("e.project_id", FieldKind.Text);
    public static Field ProjectNumber { get; } = new Field.Attribute("p.number", FieldKind.Number);
    public static Field ProjectName { get; } = new Field.Attribute("p.name", FieldKind.Text);
    public static Field ProjectArtifactLocation { get; } = new Field.Attribute("p.artifact_location", FieldKind.Text);
    public static Field Parent { get; } = new Field.Attribute("e.parent_id", FieldKind.Text);
    public static Field Created { get; } = new Field.Attribute("e.created", FieldKind.Time) { IsNeverAbsent = true };
    public static Field Started { get; } = new Field.Attribute("e.started", FieldKind.Time);

    /// <summary>When it started; of one that has not, when it was made.</summary>
    public static Field Begun { get; } =
        new Field.Attribute("COALESCE(e.started, e.created)", FieldKind.Time) { IsNeverAbsent = true };
    public static Field Completed { get; } = new Field.Attribute("e.completed", FieldKind.Time);
    public static Field Published { get; } = new Field.Attribute("e.published", FieldKind.Time);

    /// <summary>From its start to its end, or to its last sign of life, in seconds; absent before it started.</summary>
    public static Field ActiveSeconds { get; } =
        new Field.Attribute("((COALESCE(e.completed, e.last_update) - e.started) / 1000000)", FieldKind.Number);
    public static Field LastUpdate { get; } =
        new Field.Attribute("e.last_update", FieldKind.Time) { IsNeverAbsent = true };

    /// <summary>When it was put in the trash; absent while it lives.</summary>
    public static Field Trashed { get; } = new Field.Attribute("e.trashed", FieldKind.Time);
    public static Field LastChange { get; } = new Field.Attribute("e.last_change", FieldKind.Time);
    public static Field LastIteration { get; } = new Field.Attribute("e.last_iteration", FieldKind.Number);
    public static Field Queue { get; } = new Field.Attribute("e.queue_id", FieldKind.Text);
    public static Field LastWorker { get; } = new Field.Attribute("e.last_worker", FieldKind.Text);

    /// <summary>A value in the run's runtime document.</summary>
    public static Field InRuntime(IReadOnlyList<string> path) => new Field.Document("e.runtime", path);

    /// <summary>A value in what a protocol keeps with the run.</summary>
    public static Field InExtra(IReadOnlyList<string> path) => new Field.Document("e.extra", path);
}
