using Braid.Access.Callers;
using Braid.Access.Users;
using Braid.Gateway.ClearML.Requests;

namespace Braid.Gateway.ClearML.Users;

/// <summary>
/// The protocol's words for roles. It has more of them than are kept apart here; to take one for another would give more, or
/// less, than was asked for.
/// </summary>
internal static class Roles
{
    private const string administrator = "admin";
    private const string member = "user";

    public static string Word(UserRole role) => role == UserRole.Administrator ? administrator : member;

    public static UserRole Of(Caller caller) =>
        caller.MayAdminister() is null ? UserRole.Administrator : UserRole.Member;

    /// <summary>The user, as somebody who asks.</summary>
    public static Caller CallerOf(User user) =>
        user.Role == UserRole.Administrator ? new Caller.Administrator(user.Id) : new Caller.Member(user.Id);

    /// <summary>The field <c>role</c>; null when it was not sent. What is wrong with it is kept in <paramref name="fields"/>.</summary>
    public static UserRole? Read(Fields fields)
    {
        switch (fields.Text("role"))
        {
            case null:
                return null;
            case administrator:
                return UserRole.Administrator;
            case member:
                return UserRole.Member;
            case var other:
                fields.Refuse(Errors.UnknownRole(other.Length > 50 ? other[..50] : other));
                return null;
        }
    }
}
