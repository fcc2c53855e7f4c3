using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Models;
using Braid.Gateway.ClearML.Projects;
using Braid.Gateway.ClearML.Queues;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Tasks;
using Braid.Gateway.ClearML.Users;
using Braid.Primitives;
using Braid.Tracking;

namespace Braid.Gateway.ClearML.Replies;

/// <summary>Reads the things that a page refers to: one question for all of a kind, and of each only the parts that are asked for.</summary>
internal static class ReferredThings
{
    /// <summary>The documents of those of the ids that are there; what is no id at all (clients write some) is not.</summary>
    public static Task<Result<IReadOnlyList<JsonObject>>> ReadAsync(
        ApiCall call,
        Entity entity,
        IReadOnlyList<string> ids,
        Projection wanted,
        CancellationToken ct
    ) =>
        entity switch
        {
            Entity.Company => Task.FromResult(Result.Ok<IReadOnlyList<JsonObject>>([Companies.Reply()])),
            Entity.User => UsersAsync(call, ids, ct),
            Entity.Project => ProjectsAsync(call, [.. Parse(ids)], ct),
            Entity.Task => TasksAsync(call, [.. Parse(ids)], wanted, ct),
            Entity.Model => ModelsAsync(call, [.. Parse(ids)], wanted, ct),
            Entity.Queue => QueuesAsync(call, [.. Parse(ids)], wanted, ct),
            _ => throw new InvalidOperationException($"nothing to read of {entity}"),
        };

    /// <summary>Who is no user (a job, somebody who was deleted) is called by the id.</summary>
    private static async Task<Result<IReadOnlyList<JsonObject>>> UsersAsync(
        ApiCall call,
        IReadOnlyList<string> ids,
        CancellationToken ct
    )
    {
        var known = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        if (call.Caller.MaySeeUsers() is null)
        {
            var found = await call.Rooms.Users.ListAsync(call.Caller, ct);
            if (!found.TryGet(out var users, out var error))
            {
                return error;
            }

            known = users.ToDictionary(user => user.Id, UserReply.Of, StringComparer.Ordinal);
        }

        return Result.Ok<IReadOnlyList<JsonObject>>([
            .. ids.Select(id => known.GetValueOrDefault(id) ?? new JsonObject { ["id"] = id, ["name"] = id }),
        ]);
    }

    private static async Task<Result<IReadOnlyList<JsonObject>>> ProjectsAsync(
        ApiCall call,
        IReadOnlyList<Hex32> ids,
        CancellationToken ct
    )
    {
        var found = await call.Rooms.Projects.ListAsync(
            call.Caller,
            new() { Ids = [.. ids.Select(id => new ProjectId(id))], Lifecycle = Lifecycle.Any },
            ct
        );
        return Documents(found, ProjectReply.Of);
    }

    private static async Task<Result<IReadOnlyList<JsonObject>>> TasksAsync(
        ApiCall call,
        IReadOnlyList<Hex32> ids,
        Projection wanted,
        CancellationToken ct
    )
    {
        var parts = ListTasks.PartsFor(wanted);
        var found = await call.Rooms.Runs.GetManyAsync(call.Caller, [.. ids.Select(id => new RunId(id))], parts, ct);
        return found.Select<IReadOnlyList<JsonObject>>(runs => [.. runs.Select(run => TaskReply.Of(run, wanted))]);
    }

    private static async Task<Result<IReadOnlyList<JsonObject>>> ModelsAsync(
        ApiCall call,
        IReadOnlyList<Hex32> ids,
        Projection wanted,
        CancellationToken ct
    )
    {
        var found = await call.Rooms.Models.QueryAsync(
            call.Caller,
            new() { Ids = [.. ids.Select(id => new ModelId(id))], Lifecycle = Lifecycle.Any },
            ct
        );
        return found.TryGet(out var page, out var error)
            ? await ShowModels.AllAsync(call, page.Items, wanted, ct)
            : error;
    }

    /// <summary>Queues are nothing that a job may see.</summary>
    private static async Task<Result<IReadOnlyList<JsonObject>>> QueuesAsync(
        ApiCall call,
        IReadOnlyList<Hex32> ids,
        Projection wanted,
        CancellationToken ct
    )
    {
        if (call.Caller.MayUseQueues() is not null)
        {
            return Result.Ok<IReadOnlyList<JsonObject>>([]);
        }

        var found = await call.Rooms.Queues.ListAsync(
            call.Caller,
            new() { Ids = [.. ids.Select(id => new QueueId(id))], MostEntries = wanted.Needs("entries") ? null : 0 },
            ct
        );
        return Documents(found, queue => QueueReply.Of(queue, call.Requested));
    }

    private static IEnumerable<Hex32> Parse(IReadOnlyList<string> ids) =>
        ids.Where(id => Hex32.TryParse(id, out _)).Select(Hex32.Parse);

    private static Result<IReadOnlyList<JsonObject>> Documents<T>(
        Result<Page<T>> found,
        Func<T, JsonObject> describe
    ) => found.Select<IReadOnlyList<JsonObject>>(page => [.. page.Items.Select(describe)]);
}
