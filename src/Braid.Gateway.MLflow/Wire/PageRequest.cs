using System.Text.Json;
using Braid.Primitives;
using Braid.Tracking;

namespace Braid.Gateway.MLflow.Wire;

/// <summary>How many results a search gives when not told (null: it must be told), and at most.</summary>
internal sealed record PageSize(int? Default, int Most);

/// <summary>The page that a search asks for.</summary>
internal readonly record struct PageRequest(int Offset, int Limit)
{
    /// <summary>Reads <c>max_results</c> and <c>page_token</c>.</summary>
    public static PageRequest Read(Fields fields, PageSize size)
    {
        var limit = fields.Integer("max_results") ?? size.Default ?? 0;
        if (limit <= 0 || limit > size.Most)
        {
            fields.Refuse(BadLimit(limit, limit <= 0 ? "a positive integer" : $"at most {size.Most}"));
        }

        var token = PageToken.Read(fields.Text("page_token"));
        if (token.TryGet(out var offset, out var error))
        {
            return new(offset, (int)Math.Min(limit, size.Most));
        }

        fields.Refuse(error);
        return default;
    }

    /// <summary>A page of a list, with the token of the next one when there is one.</summary>
    public Answer Answer<T>(string name, Page<T> page, Action<Utf8JsonWriter, T> item)
    {
        var next = Offset + page.Items.Count;
        return json =>
        {
            json.List(name, page.Items, item);
            json.Text("next_page_token", page.More ? PageToken.Of(next) : null);
        };
    }

    private static Error BadLimit(long limit, string rule) =>
        Errors.Invalid($"Invalid value {limit} for parameter 'max_results' supplied. It must be {rule}");
}
