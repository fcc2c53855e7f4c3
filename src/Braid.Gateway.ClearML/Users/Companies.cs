using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;

namespace Braid.Gateway.ClearML.Users;

/// <summary>The protocol's workspaces, of which this server has one.</summary>
internal static class Companies
{
    public static JsonObject Reply() => new() { ["id"] = Contract.Company, ["name"] = Contract.CompanyName };

    /// <summary>The field <c>company</c> must be there and name the workspace.</summary>
    public static void RequireIn(Fields fields)
    {
        fields.RequiredText("company");
        CheckSent(fields);
    }

    /// <summary>The field <c>company</c>, if it was sent, must name the workspace.</summary>
    public static void CheckSent(Fields fields)
    {
        if (fields.Text("company") is { } company && company != Contract.Company)
        {
            fields.Refuse(Errors.AnotherCompany());
        }
    }
}
