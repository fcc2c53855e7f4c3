using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Braid.Access.Users;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Users;

/// <summary>
/// Which users are asked for, in which order, and what of them. Users are few: they are all read, and chosen from here.
/// </summary>
internal sealed class UserQuery
{
    private const int largestPage = 500;
    private static readonly TimeSpan longestMatch = TimeSpan.FromSeconds(1);

    private static readonly Dictionary<string, Func<User, string>> keys = new(StringComparer.Ordinal)
    {
        ["id"] = user => user.Id,
        ["name"] = user => user.Name,
        ["given_name"] = user => user.GivenName,
        ["family_name"] = user => user.FamilyName,
        ["created"] = user => Times.Iso(user.CreatedAt),
    };

    private static readonly HashSet<string> known = [.. keys.Keys, "company", "avatar", "role"];

    private readonly Regex? name;
    private readonly IReadOnlyList<string>? ids;
    private readonly IReadOnlyList<string> order;
    private readonly int offset;
    private readonly int limit;
    private readonly Projection projection;

    private UserQuery(Fields fields, Regex? name, Projection projection)
    {
        this.name = name;
        this.projection = projection;
        ids = fields.Has("id") ? fields.Names("id") : null;
        order = fields.Names("order_by");
        limit = (int)Math.Clamp(fields.Whole("page_size") ?? largestPage, 0, largestPage);
        offset = (int)Math.Min(Math.Max(0, fields.Whole("page") ?? 0) * limit, int.MaxValue);
    }

    public static Result<UserQuery> Read(Fields fields)
    {
        var pattern = fields.Text("name");
        if (
            !ReadPattern(pattern).TryGet(out var name, out var error)
            || !Projection.Parse(fields.Names("only_fields"), known).TryGet(out var projection, out error)
        )
        {
            return error;
        }

        var query = new UserQuery(fields, pattern is null ? null : name, projection);
        var unknown = query.order.FirstOrDefault(key => !keys.ContainsKey(key.TrimStart('-')));
        return fields.Problem is { } problem ? problem
            : unknown is not null ? Errors.NotAnOrder(unknown)
            : query;
    }

    /// <summary>The reply's <c>users</c>.</summary>
    public Result<JsonObject> Answer(IEnumerable<User> users)
    {
        try
        {
            var page = Sorted(users.Where(IsMeant)).Skip(offset).Take(limit);
            return new JsonObject
            {
                ["users"] = new JsonArray([.. page.Select(user => projection.Apply(UserReply.Of(user)))]),
            };
        }
        catch (RegexMatchTimeoutException)
        {
            return Errors.BadPattern("it takes too long to match");
        }
    }

    private bool IsMeant(User user) => ids?.Contains(user.Id) != false && name?.IsMatch(user.Name) != false;

    /// <summary>The last key first: each sort keeps the order of those before it.</summary>
    private IEnumerable<User> Sorted(IEnumerable<User> users) =>
        order
            .Reverse()
            .Aggregate(
                users,
                (sorted, key) =>
                    key.StartsWith('-')
                        ? sorted.OrderByDescending(keys[key[1..]], StringComparer.Ordinal)
                        : sorted.OrderBy(keys[key], StringComparer.Ordinal)
            );

    private static Result<Regex> ReadPattern(string? pattern)
    {
        try
        {
            return new Regex(pattern ?? "", RegexOptions.CultureInvariant, longestMatch);
        }
        catch (ArgumentException malformed)
        {
            return Errors.BadPattern(malformed.Message);
        }
    }
}
