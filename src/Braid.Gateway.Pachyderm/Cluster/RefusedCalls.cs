using Braid.Gateway.Pachyderm.Calls;

namespace Braid.Gateway.Pachyderm.Cluster;

/// <summary>Every call of the protocol that nothing answers says so, in words that its client understands.</summary>
internal static class RefusedCalls
{
    private const string auth = "auth_v2.API";
    private const string transactions = "transaction_v2.API";

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
            auth when isAuthOff => Errors.AuthNotActivated(),
            transactions => Errors.TransactionsNotSupported(),
            _ => Errors.NotSupported($"{service}/{name}"),
        };
}
