using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.MLflow.Wire;

/// <summary>Answers a call whose request and answer are JSON.</summary>
internal delegate Task<Result<Answer>> JsonHandler(Call call, CancellationToken ct);

/// <summary>Answers a call whose request or answer is bytes: it writes the response itself, or returns the refusal.</summary>
internal delegate Task<Error?> StreamHandler(StreamCall call, CancellationToken ct);

/// <summary>Answers a call that brings what lets it in with itself.</summary>
internal delegate Task<Error?> TicketHandler(HttpContext http, Rooms rooms, CancellationToken ct);

/// <summary>One row of the table of endpoints.</summary>
/// <param name="Verb">The HTTP method.</param>
/// <param name="Path">The route below <c>/api</c> and <c>/ajax-api</c>, version included; with <c>/</c> twice in front, the whole route.</param>
internal abstract record Endpoint(string Verb, string Path)
{
    /// <summary>The routes that lead here: clients use <c>/api</c>, the UI <c>/ajax-api</c>.</summary>
    public IEnumerable<string> Routes =>
        Path.StartsWith("//", StringComparison.Ordinal) ? [Path[1..]] : [$"/api{Path}", $"/ajax-api{Path}"];

    /// <summary>JSON in, JSON out.</summary>
    public sealed record Json(string Verb, string Path, JsonHandler Handler) : Endpoint(Verb, Path);

    /// <summary>Bytes in or out.</summary>
    public sealed record Stream(string Verb, string Path, StreamHandler Handler) : Endpoint(Verb, Path);

    /// <summary>Bytes in, from who has a ticket.</summary>
    public sealed record Ticketed(string Verb, string Path, TicketHandler Handler) : Endpoint(Verb, Path);

    /// <summary>A plain answer that asks for no credentials (health, version).</summary>
    public sealed record Plain(string Verb, string Path, string Text, string ContentType) : Endpoint(Verb, Path);

    /// <summary>Part of the protocol, refused by name, with the reason.</summary>
    public sealed record Refused(string Verb, string Path, string Why) : Endpoint(Verb, Path);
}
