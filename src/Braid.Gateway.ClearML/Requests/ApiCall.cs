using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.ClearML.Routing;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.ClearML.Requests;

/// <summary>One request, read: who asks, with what, at which version of the contract.</summary>
internal sealed class ApiCall : IDisposable
{
    private readonly Caller? caller;
    private readonly Route route;

    private ApiCall(HttpContext http, ClearMLRooms rooms, Route route, Caller? caller, Fields fields)
    {
        this.caller = caller;
        this.route = route;
        Http = http;
        Rooms = rooms;
        Version = route.Actual;
        Requested = route.Requested;
        Fields = fields;
    }

    /// <summary>Who asks; an endpoint for anybody does not look.</summary>
    public Caller Caller => caller ?? throw new InvalidOperationException("this endpoint is answered without a caller");

    /// <summary>False when an endpoint for anybody was asked without credentials that hold.</summary>
    public bool HasCaller => caller is not null;

    /// <summary>For what only log-in needs: the credentials as sent, and the cookie.</summary>
    public HttpContext Http { get; }

    public ClearMLRooms Rooms { get; }

    /// <summary>The contract of this endpoint that is answered.</summary>
    public ApiVersion Version { get; }

    /// <summary>The version that the client speaks: what documents look like depends on it.</summary>
    public ApiVersion Requested { get; }

    public Fields Fields { get; }

    /// <summary>The lines of a batch as they came; empty for other endpoints.</summary>
    public PooledBytes Batch { get; private init; } = PooledBytes.Nothing;

    /// <summary>The machine that the client names as its own; empty when it names none.</summary>
    public string Worker => Http.Request.Headers.ClearML("Worker") ?? "";

    /// <summary>The same request with one field set: how a call about many things asks for each.</summary>
    public ApiCall With(string field, string value)
    {
        var json = Fields.Json.DeepClone().AsObject();
        json[field] = value;
        return With(json);
    }

    /// <summary>The same caller with another request: how each line of a batch asks.</summary>
    public ApiCall With(JsonObject json) => new(Http, Rooms, route, caller, new(json));

    public static async Task<Result<ApiCall>> ReadAsync(
        HttpContext http,
        ClearMLRooms rooms,
        Route route,
        Caller? caller
    )
    {
        var ct = http.RequestAborted;
        if (route.Endpoint.IsBatch)
        {
            var batch = await RequestBody.ReadBatchAsync(http.Request, ct);
            return batch.Select(lines => new ApiCall(http, rooms, route, caller, new([])) { Batch = lines });
        }

        var body = await RequestBody.ReadObjectAsync(http.Request, ct);
        return body.Select(read =>
        {
            QueryArguments.MergeInto(read, http.Request.Query);
            return new ApiCall(http, rooms, route, caller, new(read));
        });
    }

    public void Dispose() => Batch.Dispose();
}
