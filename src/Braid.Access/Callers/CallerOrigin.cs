using System.Net;

namespace Braid.Access.Callers;

/// <summary>Where a call comes from.</summary>
/// <param name="Door">The protocol, by the name of its port's option: <c>web</c>, <c>clearml</c>, <c>mlflow</c>, <c>pachyderm</c>, <c>s3</c>.</param>
/// <param name="Address">The IP address of who is connected: behind a proxy, the proxy's. Empty when it is not known.</param>
public sealed record CallerOrigin(string Door, string Address)
{
    public static CallerOrigin Unknown { get; } = new("", "");

    /// <summary>What the client calls its machine; empty when it does not say.</summary>
    public string Machine { get; init; } = "";

    public static CallerOrigin Of(string door, IPAddress? address) =>
        new(door, $"{(address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)}");
}
