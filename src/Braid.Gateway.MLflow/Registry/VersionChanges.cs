using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Models;

namespace Braid.Gateway.MLflow.Registry;

/// <summary>Changes and deletes model versions.</summary>
internal static class VersionChanges
{
    public static Task<Result<Answer>> UpdateAsync(Call call, CancellationToken ct) =>
        AnswerAsync(call, new() { Comment = call.Fields.Text("description") ?? "" }, archiveOthers: false, ct);

    public static Task<Result<Answer>> TransitionAsync(Call call, CancellationToken ct)
    {
        call.Fields.Required("name");
        call.Fields.RequiredVersion();
        var stage = Stages.Read(call.Fields, call.Fields.Required("stage"));
        var archive = call.Fields.Flag("archive_existing_versions") ?? false;
        if (archive && stage is ModelStage.None or ModelStage.Archived)
        {
            call.Fields.Refuse(
                Errors.Invalid(
                    $"Model version transition cannot archive existing model versions because '{stage}' is not an Active"
                        + " stage. Valid stages are Staging, Production."
                )
            );
        }

        return AnswerAsync(call, new() { Stage = stage }, archive, ct);
    }

    public static async Task<Result<Answer>> SetTagAsync(Call call, CancellationToken ct)
    {
        call.Fields.Required("name");
        call.Fields.RequiredVersion();
        var tag = RegistryFields.Tag(call.Fields);
        return (await ChangeAsync(call, new() { SetTags = [tag] }, archiveOthers: false, ct)).Done();
    }

    /// <summary>A tag that is not there is deleted already.</summary>
    public static async Task<Result<Answer>> DeleteTagAsync(Call call, CancellationToken ct)
    {
        call.Fields.Required("name");
        call.Fields.RequiredVersion();
        var key = call.Fields.Required("key");
        var found = await call.VersionAsync(ct);
        if (!found.IsOk || !found.Value.Tags.Any(tag => tag.Key == key))
        {
            return found.Done();
        }

        return (await ChangeAsync(call, new() { RemoveTags = [key] }, archiveOthers: false, ct)).Done();
    }

    public static async Task<Result<Answer>> DeleteAsync(Call call, CancellationToken ct)
    {
        var name = call.Fields.Required("name");
        var version = call.Fields.RequiredVersion();
        return call.Fields.Problem is { } problem
            ? problem
            : (await call.Rooms.Registry.DeleteVersionAsync(call.Caller, name, version, ct))
                .NotFoundAs(RegistryFields.NoVersion(name, version))
                .Done();
    }

    private static async Task<Result<Answer>> AnswerAsync(
        Call call,
        ModelChange change,
        bool archiveOthers,
        CancellationToken ct
    )
    {
        var changed = await ChangeAsync(call, change, archiveOthers, ct);
        return changed.IsOk ? await VersionView.AnswerAsync(call, changed.Value, ct) : changed.Error;
    }

    private static async Task<Result<Model>> ChangeAsync(
        Call call,
        ModelChange change,
        bool archiveOthers,
        CancellationToken ct
    )
    {
        var name = call.Fields.Required("name");
        var version = call.Fields.RequiredVersion();
        return call.Fields.Problem is { } problem
            ? problem
            : (
                await call.Rooms.Registry.UpdateVersionAsync(call.Caller, name, version, change, archiveOthers, ct)
            ).NotFoundAs(RegistryFields.NoVersion(name, version));
    }
}
