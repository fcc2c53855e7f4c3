using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Filters;
using Braid.Tracking.Runs;

namespace Braid.Gateway.MLflow.Runs;

/// <summary>
/// A run's tags. Some of the protocol's tags are attributes of the run inside (its name, its description, its parent): they
/// are written through to the attribute and made up again on reading, so that every door shows the same.
/// </summary>
internal static class RunTags
{
    public const string Name = "mlflow.runName";
    public const string Note = "mlflow.note.content";
    public const string Parent = "mlflow.parentRunId";
    public const string User = "mlflow.user";

    private const int longestValue = 8000;

    /// <summary>Reads <c>key</c> and <c>value</c>.</summary>
    public static Tag ReadOne(Fields fields) =>
        new(fields.RequiredKey(fields.PathOf("key")), KeyRules.Truncated(fields.Text("value") ?? "", longestValue));

    /// <summary>Reads the list <c>tags</c>; of a key given twice the last counts.</summary>
    public static IReadOnlyList<Tag> ReadAll(Fields fields) => LastOfEach(fields.Objects("tags").Select(ReadOne));

    /// <summary>The same for a new run, whose tags may have any keys.</summary>
    public static IReadOnlyList<Tag> ReadFirst(Fields fields) =>
        LastOfEach(
            fields
                .Objects("tags")
                .Select(tag => new Tag(tag.Required("key"), KeyRules.Truncated(tag.Text("value") ?? "", longestValue)))
        );

    /// <summary>The change that sets tags.</summary>
    public static RunChange Setting(IReadOnlyList<Tag> tags) =>
        new()
        {
            Name = ValueOf(tags, Name),
            Comment = ValueOf(tags, Note),
            Parent = ParentOf(tags),
            SetTags = [.. tags.Where(IsStored)],
        };

    /// <summary>The change that deletes a tag. A name cannot be deleted: the run has one for every door.</summary>
    public static RunChange Deleting(Run run, string key) =>
        ValueOf(run.Tags, key) is not null ? new() { RemoveTags = [key] }
        : key == Note ? new() { Comment = "" }
        : key == Parent ? new() { LeavesParent = true }
        : new();

    public static RunId? ParentOf(IReadOnlyList<Tag> tags) =>
        RunId.TryParse(ValueOf(tags, Parent), out var parent) ? parent : null;

    public static string? ValueOf(IReadOnlyList<Tag> tags, string key) =>
        tags.FirstOrDefault(tag => tag.Key == key)?.Value;

    /// <summary>All tags of a run as the protocol shows them.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(Run run)
    {
        yield return new(Name, run.Name);
        if (run.Comment.Length > 0)
        {
            yield return new(Note, run.Comment);
        }

        if (run.ParentId is { } parent)
        {
            yield return new(Parent, parent.ToString());
        }

        if (run.User.Length > 0 && ValueOf(run.Tags, User) is null)
        {
            yield return new(User, run.User);
        }

        foreach (var tag in run.Tags)
        {
            yield return new(tag.Key, tag.Value);
        }
    }

    /// <summary>The attribute that a tag is, if it is one.</summary>
    public static Field? AttributeOf(string key) =>
        key switch
        {
            Name => RunFields.Name,
            Note => RunFields.Comment,
            Parent => RunFields.Parent,
            _ => null,
        };

    private static IReadOnlyList<Tag> LastOfEach(IEnumerable<Tag> tags) =>
        [.. tags.GroupBy(tag => tag.Key).Select(same => same.Last())];

    /// <summary>A parent that cannot be a run here stays what it is: a text.</summary>
    private static bool IsStored(Tag tag) =>
        tag.Key is not (Name or Note) && !(tag.Key == Parent && RunId.TryParse(tag.Value, out _));
}
