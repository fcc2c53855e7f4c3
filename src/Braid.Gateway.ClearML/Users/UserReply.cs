using System.Text.Json.Nodes;
using Braid.Access.Callers;

namespace Braid.Gateway.ClearML.Users;

/// <summary>A caller as a user of the protocol; a user's name is its id.</summary>
internal static class UserReply
{
    public static JsonObject Of(Caller caller) =>
        new()
        {
            ["id"] = caller.Name,
            ["name"] = caller.Name,
            ["role"] = Role(caller),
            ["company"] = new JsonObject { ["id"] = Contract.Company, ["name"] = Contract.CompanyName },
        };

    /// <summary>The caller as a token's claim.</summary>
    public static JsonObject Identity(Caller caller) =>
        new()
        {
            ["user"] = caller.Name,
            ["company"] = Contract.Company,
            ["role"] = Role(caller),
            ["user_name"] = caller.Name,
            ["company_name"] = Contract.CompanyName,
        };

    private static string Role(Caller caller) => caller.MayAdminister() is null ? "admin" : "user";
}
