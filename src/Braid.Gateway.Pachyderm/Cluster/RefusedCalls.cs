using System.Collections.Frozen;
using Braid.Gateway.Pachyderm.Calls;

namespace Braid.Gateway.Pachyderm.Cluster;

/// <summary>Every call of the protocol that nothing answers says so, in words that its client understands.</summary>
internal static class RefusedCalls
{
    /// <summary>The authentication service tells the others by it that it has come.</summary>
    private const string activateAuth = "ActivateAuth";

    /// <summary>Services that need authentication; a client that resets a server goes on when they say that it is off.</summary>
    private static readonly FrozenSet<string> needAuth = ["auth_v2.API", "identity_v2.API", "license_v2.API"];

    public static void Map(CallTable table, bool isAuthOff)
    {
        foreach (var (service, name) in Protocol.Calls.Where(call => !table.Has(call.Service, call.Name)))
        {
            table.Refuse(service, name, Reason(service, name, isAuthOff));
        }
    }

    private static Error Reason(string service, string name, bool isAuthOff) =>
        service switch
        {
            _ when isAuthOff && (needAuth.Contains(service) || name == activateAuth) => Errors.AuthNotActivated(),
            _ => Errors.NotSupported($"{service}/{name}"),
        };
}
