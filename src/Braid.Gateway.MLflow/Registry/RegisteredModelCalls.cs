using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Models;

namespace Braid.Gateway.MLflow.Registry;

/// <summary>Makes, reads, changes and deletes registered models.</summary>
internal static class RegisteredModelCalls
{
    public static async Task<Result<Answer>> CreateAsync(Call call, CancellationToken ct)
    {
        var name = call.Fields.RequiredNewName("name");
        var description = call.Fields.Text("description") ?? "";
        var tags = RegistryFields.Tags(call.Fields);
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var made = await call.Rooms.Registry.CreateAsync(call.Caller, name, description, tags, ct);
        return made.IsOk
            ? await RegisteredModelJson.AnswerAsync(call, made.Value, ct)
            : made.As(ErrorKind.AlreadyExists, Taken(name)).Done();
    }

    public static async Task<Result<Answer>> GetAsync(Call call, CancellationToken ct)
    {
        var found = await NamedAsync(call, ct);
        return found.IsOk ? await RegisteredModelJson.AnswerAsync(call, found.Value, ct) : found.Error;
    }

    public static Task<Result<Answer>> RenameAsync(Call call, CancellationToken ct)
    {
        call.Fields.Required("name");
        var name = call.Fields.RequiredNewName("new_name");
        return ChangeAsync(call, new() { Name = name }, ct);
    }

    public static Task<Result<Answer>> UpdateAsync(Call call, CancellationToken ct) =>
        ChangeAsync(call, new() { Description = call.Fields.Text("description") ?? "" }, ct);

    public static async Task<Result<Answer>> DeleteAsync(Call call, CancellationToken ct)
    {
        var name = call.Fields.Required("name");
        return call.Fields.Problem is { } problem
            ? problem
            : (await call.Rooms.Registry.DeleteAsync(call.Caller, name, ct))
                .NotFoundAs(RegistryFields.NoModel(name))
                .Done();
    }

    public static async Task<Result<Answer>> SetTagAsync(Call call, CancellationToken ct)
    {
        call.Fields.Required("name");
        var tag = RegistryFields.Tag(call.Fields);
        return (await UpdateNamedAsync(call, new() { SetTags = [tag] }, ct)).Done();
    }

    public static async Task<Result<Answer>> DeleteTagAsync(Call call, CancellationToken ct)
    {
        call.Fields.Required("name");
        var key = call.Fields.Required("key");
        return (await UpdateNamedAsync(call, new() { RemoveTags = [key] }, ct)).Done();
    }

    /// <summary>The newest version of each stage that is asked for; of every stage when none is.</summary>
    public static async Task<Result<Answer>> LatestVersionsAsync(Call call, CancellationToken ct)
    {
        var stages = call.Fields.Texts("stages").Select(text => Stages.Read(call.Fields, text)).ToHashSet();
        var found = await NamedAsync(call, ct);
        if (!found.IsOk)
        {
            return found.Error;
        }

        var latest = found.Value.LatestVersions.Where(version => stages.Count == 0 || stages.Contains(version.Stage));
        var views = await VersionView.OfAsync(call, [.. latest], ct);
        return views.Select<Answer>(versions => json => json.List("model_versions", versions, VersionJson.Write));
    }

    private static async Task<Result<NamedModel>> NamedAsync(Call call, CancellationToken ct)
    {
        var name = call.Fields.Required("name");
        return call.Fields.Problem is { } problem
            ? problem
            : (await call.Rooms.Registry.GetAsync(call.Caller, name, ct)).NotFoundAs(RegistryFields.NoModel(name));
    }

    private static async Task<Result<Answer>> ChangeAsync(Call call, NamedModelChange change, CancellationToken ct)
    {
        var changed = await UpdateNamedAsync(call, change, ct);
        return changed.IsOk
            ? await RegisteredModelJson.AnswerAsync(call, changed.Value, ct)
            : changed.As(ErrorKind.AlreadyExists, Taken(change.Name ?? "")).Done();
    }

    private static async Task<Result<NamedModel>> UpdateNamedAsync(
        Call call,
        NamedModelChange change,
        CancellationToken ct
    )
    {
        var name = call.Fields.Required("name");
        return call.Fields.Problem is { } problem
            ? problem
            : (await call.Rooms.Registry.UpdateAsync(call.Caller, name, change, ct)).NotFoundAs(
                RegistryFields.NoModel(name)
            );
    }

    private static string Taken(string name) => $"Registered Model (name={name}) already exists.";
}
