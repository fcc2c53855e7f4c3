using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Routing;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Server;

/// <summary>
/// <c>server.config</c>, <c>endpoints</c>, <c>get_stats</c>, <c>report_stats_option</c>: what an administrator wants to know of a
/// server. Nothing of it is secret, and nothing is ever sent anywhere.
/// </summary>
internal static class ServerFacts
{
    /// <summary>What decides how clients behave; <c>path</c> (<c>auth.token</c>) picks a part.</summary>
    public static Task<Result<JsonObject>> ConfigurationAsync(ApiCall call, CancellationToken ct)
    {
        var path = call.Fields.Text("path") ?? "";
        return Task.FromResult<Result<JsonObject>>(
            (call.Caller.MayAdminister() ?? call.Fields.Problem) is { } refused ? refused
            : Find(Configuration(), path) is { } found ? found
            : Errors.NoSuchSetting(path.Length > 100 ? path[..100] : path)
        );
    }

    public static Task<Result<JsonObject>> EndpointsAsync(ApiCall call, CancellationToken ct) =>
        Task.FromResult<Result<JsonObject>>(
            new JsonObject
            {
                ["endpoints"] = new JsonArray([
                    .. EndpointTable
                        .Instance.All.OrderBy(endpoint => endpoint.Name, StringComparer.Ordinal)
                        .Select(WriteEndpoint),
                ]),
            }
        );

    /// <summary>How much there is. <c>interval</c> is not looked at: nothing is sampled.</summary>
    public static async Task<Result<JsonObject>> StatisticsAsync(ApiCall call, CancellationToken ct)
    {
        var (caller, rooms) = (call.Caller, call.Rooms);
        if (caller.MayAdminister() is { } refused)
        {
            return refused;
        }

        var users = await rooms.Users.ListAsync(caller, ct);
        var projects = await rooms.Projects.CountAsync(caller, new(), ct);
        var tasks = await rooms.Runs.CountAsync(caller, new(), ct);
        var models = await rooms.Models.CountAsync(caller, new(), ct);
        return (users.Error ?? projects.Error ?? tasks.Error ?? models.Error) is { } error
            ? error
            : new JsonObject
            {
                ["server"] = new JsonObject { ["version"] = Contract.ServerVersion, ["build"] = Contract.ServerBuild },
                ["users"] = users.Value.Count,
                ["projects"] = projects.Value,
                ["tasks"] = tasks.Value,
                ["models"] = models.Value,
            };
    }

    /// <summary>The maker of this server is told nothing, whatever is asked for.</summary>
    public static Task<Result<JsonObject>> StatisticsReportAsync(ApiCall call, CancellationToken ct) =>
        Task.FromResult<Result<JsonObject>>(
            new JsonObject
            {
                ["supported"] = false,
                ["enabled"] = false,
                ["current_version"] = Contract.ServerVersion,
            }
        );

    private static JsonObject WriteEndpoint(Endpoint endpoint) =>
        new()
        {
            ["name"] = endpoint.Name,
            ["versions"] = new JsonArray([.. endpoint.Versions.Select(version => (JsonNode)version.ToString())]),
            ["requires_authorization"] = endpoint.NeedsCaller,
            ["available"] = endpoint.Support is Support.Works or Support.Partly,
        };

    private static JsonObject Configuration() =>
        new()
        {
            ["apiserver"] = new JsonObject
            {
                ["version"] = Contract.ApiVersion,
                ["check_max_version"] = false,
                ["largest_body"] = RequestBody.Largest,
            },
            ["auth"] = new JsonObject
            {
                ["fixed_users"] = new JsonObject { ["enabled"] = false },
                ["token"] = new JsonObject
                {
                    ["max_expiration_sec"] = (long)Access.Credentials.Authenticator.LongestLifetime.TotalSeconds,
                },
                ["max_credentials_per_user"] = Access.Credentials.UserKeys.Most,
            },
        };

    private static JsonObject? Find(JsonObject configuration, string path)
    {
        JsonNode? at = configuration;
        foreach (var name in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            at = (at as JsonObject)?[name];
        }

        return at switch
        {
            null => null,
            JsonObject part => part,
            var value => new JsonObject { [path] = value.DeepClone() },
        };
    }
}
