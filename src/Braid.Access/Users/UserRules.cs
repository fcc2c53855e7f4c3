using System.Buffers;
using Braid.Access.Texts;
using Braid.Primitives;

namespace Braid.Access.Users;

/// <summary>What a user may be called. A refusal, or null.</summary>
internal static class UserRules
{
    private const int longestId = 128;
    private const int longestName = 200;
    private const int longestAvatar = 2000;

    private static readonly SearchValues<char> idCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._@+-"
    );

    /// <summary>Names of callers that are no person.</summary>
    private static readonly string[] givenByTheServer = ["braid", "job"];

    public static Error? Check(User user) =>
        CheckId(user.Id)
        ?? CheckEmail(user.Email)
        ?? CheckName("a name", user.Name)
        ?? CheckPart("a given name", user.GivenName)
        ?? CheckPart("a family name", user.FamilyName)
        ?? CheckAvatar(user.Avatar);

    private static Error? CheckId(string id) =>
        id.Length is > 0 and <= longestId
        && !id.AsSpan().ContainsAnyExcept(idCharacters)
        && !givenByTheServer.Contains(id, StringComparer.OrdinalIgnoreCase)
            ? null
            : Errors.BadUserId(id, longestId);

    private static Error? CheckEmail(string? address) =>
        address is null || (address.Contains('@') && DisplayText.IsFit(address, longestId))
            ? null
            : Errors.BadEmail(longestId);

    private static Error? CheckName(string what, string name) =>
        string.IsNullOrWhiteSpace(name) ? Errors.BadText(what, longestName) : CheckPart(what, name);

    private static Error? CheckPart(string what, string text) =>
        DisplayText.IsFit(text, longestName) ? null : Errors.BadText(what, longestName);

    private static Error? CheckAvatar(string url) =>
        url.Length == 0
        || (
            DisplayText.IsFit(url, longestAvatar)
            && Uri.TryCreate(url, UriKind.Absolute, out var parsed)
            && parsed.Scheme is "http" or "https"
        )
            ? null
            : Errors.BadAvatar(longestAvatar);
}
