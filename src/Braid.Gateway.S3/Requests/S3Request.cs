using Braid.Access.Callers;
using Braid.Data;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.S3.Requests;

/// <summary>One call whose sender is known.</summary>
/// <param name="Body">The object's bytes, freed of any framing and checked at their end.</param>
internal sealed record S3Request(
    HttpContext Http,
    S3Target Target,
    Caller Caller,
    VersionedData Data,
    Stream Body,
    CancellationToken Aborted
)
{
    /// <summary>A parameter of the query; null when it is not there, empty when it has no value.</summary>
    public string? Query(string name) => Target.Query.GetValueOrDefault(name);

    public string? Header(string name) =>
        Http.Request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;
}
