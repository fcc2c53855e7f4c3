using System.Net;
using Braid.Grpc.Statuses;
using Microsoft.AspNetCore.Http;

namespace Braid.Grpc.Hosting.Calls;

/// <summary>What a handler may know of the call it answers, beyond its messages.</summary>
public sealed class ServerCall
{
    private readonly HttpContext http;

    internal ServerCall(HttpContext http) => this.http = http;

    /// <summary>Names this call in the log and in the text of an unexpected failure.</summary>
    public string RequestId => http.TraceIdentifier;

    /// <summary>The address of who is connected; null where that is not known.</summary>
    public IPAddress? RemoteAddress => http.Connection.RemoteIpAddress;

    /// <summary>The request metadata of that key (lower case), or null.</summary>
    public string? Metadata(string key) =>
        http.Request.Headers.TryGetValue(key, out var values) ? values.ToString() : null;

    /// <summary>The binary request metadata of that key (which ends in <c>-bin</c>), or null.</summary>
    public byte[]? BinaryMetadata(string key) =>
        Metadata(key) is { } text && Base64.TryDecode(text, out var bytes) ? bytes : null;
}
