using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Filters;

namespace Braid.Gateway.ClearML.Queries;

/// <summary>The parts of a <c>get_all</c> request that are not its condition: order, page and the fields to answer with.</summary>
internal sealed record Listing
{
    private const int largestPage = 500;
    private const string byRelevance = "@text_score";

    public required IReadOnlyList<Order> OrderBy { get; init; }
    public required int Offset { get; init; }
    public required int Limit { get; init; }
    public required Projection Projection { get; init; }

    /// <summary>True when the client reads by scrolling rather than by pages.</summary>
    public required bool IsScroll { get; init; }

    /// <summary>What is wrong with the request is kept in <paramref name="fields"/>.</summary>
    public static Listing Read(Fields fields, Vocabulary vocabulary)
    {
        var order = ReadOrder(fields, vocabulary);
        var isScroll = fields.Mentions("scroll_id") || fields.Has("size");
        var limit = Math.Clamp(fields.Whole(isScroll ? "size" : "page_size") ?? largestPage, 0, largestPage);
        var offset = isScroll ? ReadScroll(fields) : Math.Max(0, fields.Whole("page") ?? 0) * limit;
        return new()
        {
            OrderBy = order,
            Offset = (int)Math.Min(offset, int.MaxValue),
            Limit = (int)limit,
            Projection = ReadProjection(fields, vocabulary),
            IsScroll = isScroll,
        };
    }

    /// <summary>The reply's list under its name, and where to scroll on.</summary>
    public JsonObject Reply(string name, IReadOnlyList<JsonObject> documents) =>
        ReplyWith(name, [.. documents.Select(Projection.Apply)]);

    /// <summary>The same with what the documents refer to.</summary>
    public async Task<Result<JsonObject>> ReplyExpandedAsync(
        ApiCall call,
        Entity entity,
        string name,
        IReadOnlyList<JsonObject> documents,
        CancellationToken ct
    )
    {
        var expanded = await References.ExpandAsync(call, entity, documents, Projection, ct);
        return expanded.Select(shown => ReplyWith(name, shown));
    }

    private JsonObject ReplyWith(string name, IReadOnlyList<JsonObject> documents)
    {
        var data = new JsonObject { [name] = new JsonArray([.. documents]) };
        if (IsScroll)
        {
            data["scroll_id"] = (Offset + documents.Count).ToString(CultureInfo.InvariantCulture);
        }

        return data;
    }

    private static Projection ReadProjection(Fields fields, Vocabulary vocabulary)
    {
        var asked = fields.Names("only_fields");
        var paths = asked.Count > 0 ? asked : fields.Names("projection");
        if (Projection.Parse(paths, vocabulary.Known).TryGet(out var projection, out var error))
        {
            return projection;
        }

        fields.Refuse(error);
        return Projection.Everything;
    }

    private static List<Order> ReadOrder(Fields fields, Vocabulary vocabulary)
    {
        var order = new List<Order>();
        foreach (var key in fields.Names("order_by").Where(key => key != byRelevance))
        {
            var isDescending = key.StartsWith('-');
            if (vocabulary.KeyOf(isDescending ? key[1..] : key) is { } field)
            {
                order.Add(new Order(field, isDescending));
            }
            else
            {
                fields.Refuse(Errors.NotAnOrder(key));
            }
        }

        return order;
    }

    /// <summary>A scroll's position is its id, so that nothing needs to be kept for it.</summary>
    private static long ReadScroll(Fields fields)
    {
        var id = fields.Text("scroll_id");
        if (string.IsNullOrEmpty(id))
        {
            return 0;
        }

        if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            fields.Refuse(Errors.InvalidScroll());
        }

        return position;
    }
}
