using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Access.Users;
using Braid.Gateway.ClearML.Replies;

namespace Braid.Gateway.ClearML.Users;

/// <summary>Users as the protocol writes them.</summary>
internal static class UserReply
{
    public static JsonObject Of(User user) =>
        new JsonObject
        {
            ["id"] = user.Id,
            ["company"] = Contract.Company,
            ["name"] = user.Name,
            ["given_name"] = NullIfEmpty(user.GivenName),
            ["family_name"] = NullIfEmpty(user.FamilyName),
            ["avatar"] = NullIfEmpty(user.Avatar),
            ["role"] = Roles.Word(user.Role),
            ["created"] = Times.Iso(user.CreatedAt),
        }.WithoutNulls();

    /// <summary>A caller that is nobody's account (a job): its name is its id.</summary>
    public static JsonObject Of(Caller caller) =>
        new()
        {
            ["id"] = caller.Name,
            ["company"] = Contract.Company,
            ["name"] = caller.Name,
            ["role"] = Roles.Word(Roles.Of(caller)),
        };

    /// <summary>The caller as a token's claim.</summary>
    public static JsonObject Identity(Caller caller) =>
        new()
        {
            ["user"] = caller.Name,
            ["company"] = Contract.Company,
            ["role"] = Roles.Word(Roles.Of(caller)),
            ["user_name"] = caller.Name,
            ["company_name"] = Contract.CompanyName,
        };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
