using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Models;

namespace Braid.Gateway.MLflow.Registry;

/// <summary>Aliases of model versions.</summary>
internal static class AliasCalls
{
    private const string latest = "latest";
    private const int longest = 255;

    public static async Task<Result<Answer>> SetAsync(Call call, CancellationToken ct)
    {
        var name = call.Fields.Required("name");
        var alias = call.Fields.Required("alias");
        var version = call.Fields.RequiredVersion();
        if ((call.Fields.Problem ?? Problem(alias)) is { } problem)
        {
            return problem;
        }

        var set = await call.Rooms.Registry.SetAliasAsync(call.Caller, name, alias, version, ct);
        return set.NotFoundAs(RegistryFields.NoVersion(name, version)).Done();
    }

    public static async Task<Result<Answer>> DeleteAsync(Call call, CancellationToken ct)
    {
        var name = call.Fields.Required("name");
        var alias = call.Fields.Required("alias");
        return call.Fields.Problem is { } problem
            ? problem
            : (await call.Rooms.Registry.RemoveAliasAsync(call.Caller, name, alias, ct))
                .NotFoundAs(RegistryFields.NoModel(name))
                .Done();
    }

    /// <summary>A missing alias is a wrong parameter to this protocol, not a missing thing.</summary>
    public static async Task<Result<Answer>> GetAsync(Call call, CancellationToken ct)
    {
        var name = call.Fields.Required("name");
        var alias = call.Fields.Required("alias");
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await (
            alias.Equals(latest, StringComparison.OrdinalIgnoreCase)
                ? NewestAsync(call, name, ct)
                : call.Rooms.Registry.GetByAliasAsync(call.Caller, name, alias, ct)
        );
        return found.Error is { Code: "tracking.no-such-alias" or "tracking.no-such-version" }
                ? Errors.Invalid($"Registered model alias {alias} not found.")
            : found.IsOk ? await VersionView.AnswerAsync(call, found.Value, ct)
            : found.NotFoundAs(RegistryFields.NoModel(name)).Done();
    }

    private static async Task<Result<Model>> NewestAsync(Call call, string name, CancellationToken ct)
    {
        var query = new ModelQuery
        {
            Where = new Filter.Compare(ModelFields.RegisteredName, Comparison.Equal, name),
            Registered = true,
            OrderBy = [new(ModelFields.Version, Descending: true)],
            Limit = 1,
        };
        var found = await call.Rooms.Models.QueryAsync(call.Caller, query, ct);
        return found.Then(page =>
            page.Items.Count > 0 ? (Result<Model>)page.Items[0] : Errors.NotFound(RegistryFields.NoModel(name))
        );
    }

    private static Error? Problem(string alias) =>
        !alias.All(c => char.IsLetterOrDigit(c) || c is '_' or '-')
            ? Errors.Invalid(
                $"Invalid alias name: '{alias}'. Names may only contain alphanumerics, underscores (_), and dashes (-)."
            )
        : alias.Length > longest ? Errors.TooLong("Registered model alias name", longest)
        : alias.Equals(latest, StringComparison.OrdinalIgnoreCase)
            ? Errors.Invalid("'latest' alias name (case insensitive) is reserved.")
        : IsVersion(alias) ? Errors.Invalid($"Version alias name '{alias}' is reserved.")
        : null;

    private static bool IsVersion(string alias) =>
        alias.Length > 1 && alias[0] is 'v' or 'V' && alias.Skip(1).All(char.IsAsciiDigit);
}
