using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Workloads;

/// <summary>Finds out who asks, and writes the record that is the answer.</summary>
internal sealed class RecordAnswer(BrowserSession session)
{
    public Task SendAsync<T>(HttpContext context, JsonTypeInfo<T> type, Func<Caller, Task<Result<T>>> answer) =>
        SendAsync(context, async caller => (await answer(caller)).Select(record => Write(record, type)));

    /// <summary>Of what is done and has nothing to say.</summary>
    public Task SendAsync(HttpContext context, Func<Caller, Task<Result<Unit>>> answer) =>
        SendAsync(context, async caller => (await answer(caller)).Select(_ => new JsonObject()));

    /// <summary>Of what is JSON already.</summary>
    public async Task SendAsync(HttpContext context, Func<Caller, Task<Result<JsonObject>>> answer)
    {
        var caller = await session.FindCallerAsync(context);
        await Answer.SendAsync(context, caller.IsOk ? await answer(caller.Value) : caller.Error);
    }

    private static JsonObject Write<T>(T record, JsonTypeInfo<T> type) =>
        JsonSerializer.SerializeToNode(record, type)?.AsObject()
        ?? throw new InvalidOperationException($"{typeof(T)} is no JSON object");
}
