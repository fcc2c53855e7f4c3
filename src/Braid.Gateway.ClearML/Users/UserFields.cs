using Braid.Access.Users;
using Braid.Gateway.ClearML.Requests;

namespace Braid.Gateway.ClearML.Users;

/// <summary>The fields of a user in a request.</summary>
internal static class UserFields
{
    /// <summary>What may be changed afterwards.</summary>
    public static IReadOnlyList<string> Changeable { get; } = ["name", "given_name", "family_name", "avatar"];

    public static User Read(Fields fields, string id) =>
        new()
        {
            Id = id,
            Name = fields.RequiredText("name"),
            GivenName = fields.Text("given_name") ?? "",
            FamilyName = fields.Text("family_name") ?? "",
            Avatar = fields.Text("avatar") ?? "",
        };

    public static UserChange ReadChange(Fields fields) =>
        new()
        {
            Name = fields.Text("name"),
            GivenName = fields.Text("given_name"),
            FamilyName = fields.Text("family_name"),
            Avatar = fields.Text("avatar"),
        };
}
