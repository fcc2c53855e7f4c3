using Braid.Access.Credentials;
using Braid.Primitives;

namespace Braid.Gateway.ClearML;

/// <summary>What lies behind this door.</summary>
public sealed record ClearMLRooms
{
    public required Authenticator Access { get; init; }
    public required IdSource Ids { get; init; }
    public required TimeProvider Clock { get; init; }
}
