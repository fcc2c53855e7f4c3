using System.Globalization;
using Braid.Primitives;

namespace Braid.Compute.Users;

/// <summary>Whom a program runs as, as it sees itself.</summary>
public sealed record UserAccount(uint User, uint Group)
{
    private const string users = "/etc/passwd";
    private const string groups = "/etc/group";

    /// <summary>Reads <c>USER</c> or <c>USER:GROUP</c>, each a name that this machine knows or a number.</summary>
    public static Result<UserAccount> Resolve(string text)
    {
        var parts = text.Split(':', 2);
        if (Find(users, parts[0]) is not { } user || !uint.TryParse(user[2], CultureInfo.InvariantCulture, out var id))
        {
            return Errors.NoSuchUser(text);
        }

        var group = parts.Length == 1 ? user[3] : Find(groups, parts[1])?[2];
        return uint.TryParse(group, CultureInfo.InvariantCulture, out var groupId)
            ? new UserAccount(id, groupId)
            : Errors.NoSuchUser(text);
    }

    /// <summary>The fields of an entry by name or number; a number without an entry stands for itself, in group 0.</summary>
    private static string[]? Find(string file, string text)
    {
        var isNumber = uint.TryParse(text, CultureInfo.InvariantCulture, out _);
        var entries = File.Exists(file) ? File.ReadLines(file).Select(line => line.Split(':')) : [];
        return entries.FirstOrDefault(entry => entry.Length > 3 && entry[isNumber ? 2 : 0] == text)
            ?? (isNumber ? ["", "", text, "0"] : null);
    }
}
