using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Filters;

namespace Braid.Gateway.ClearML.Queries;

/// <summary>The condition of a <c>get_all</c> request: every field that it gives must match.</summary>
internal sealed class Condition
{
    private readonly Fields fields;
    private readonly Vocabulary vocabulary;
    private readonly List<Filter> parts = [];

    private Condition(Fields fields, Vocabulary vocabulary)
    {
        this.fields = fields;
        this.vocabulary = vocabulary;
    }

    /// <summary>What is wrong with the request is kept in <paramref name="fields"/>.</summary>
    /// <param name="except">A field that the caller reads in another way.</param>
    public static Filter Read(Fields fields, Vocabulary vocabulary, string? except = null)
    {
        var condition = new Condition(fields, vocabulary);
        foreach (var (name, value) in fields.Json)
        {
            if (value is not null && name != except)
            {
                condition.ReadField(name, value);
            }
        }

        return new Filter.All(condition.parts);
    }

    /// <summary>Hides what is marked hidden, unless it is asked for by id or <c>search_hidden</c>.</summary>
    public static Filter WithoutHidden(Fields fields) =>
        fields.Flag("search_hidden") == true || fields.Has("id")
            ? Filter.Everything
            : !new Filter.HasLabel(SystemTags.Hidden, System: true);

    private void ReadField(string name, JsonNode value)
    {
        if (vocabulary.Patterns.TryGetValue(name, out var text))
        {
            AddPattern(name, text);
        }
        else if (vocabulary.Lists.TryGetValue(name, out var listed))
        {
            Add(ListCondition.Parse(fields.Texts(name) ?? [], listed));
        }
        else if (vocabulary.Times.TryGetValue(name, out var time))
        {
            Add(RangeCondition.OfTime(value, time, name));
        }
        else if (vocabulary.Numbers.TryGetValue(name, out var number))
        {
            Add(RangeCondition.OfNumber(value, number, name));
        }
        else if (vocabulary.Named(name) is { } named)
        {
            Add(
                named is Field.Metric
                    ? RangeCondition.OfNumber(value, named, name)
                    : ListCondition.Parse(fields.Texts(name) ?? [], Listed.Attribute(named))
            );
        }
        else
        {
            ReadOperator(name);
        }
    }

    private void ReadOperator(string name)
    {
        switch (name)
        {
            case "_any_" or "_or_" when fields.Object(name) is { } any:
                Add(ReadSeveral(new(any)).Select(each => (Filter)new Filter.Any(each)));
                break;
            case "_all_" or "_and_" when fields.Object(name) is { } all:
                Add(ReadSeveral(new(all)).Select(each => (Filter)new Filter.All(each)));
                break;
            case "search_text" when fields.Text(name) is { } text:
                parts.Add(Search(text));
                break;
            case "filters" when fields.Object(name) is { } filters:
                ReadFilters(filters);
                break;
        }
    }

    private void AddPattern(string name, Field field)
    {
        if (fields.Text(name) is { } pattern)
        {
            parts.Add(new Filter.Matches(field, pattern));
        }
    }

    /// <summary>One pattern (here case does not matter) or time for several fields.</summary>
    private Result<IReadOnlyList<Filter>> ReadSeveral(Fields several)
    {
        var found = new List<Filter>();
        foreach (var name in several.Names("fields"))
        {
            if (several.Text("pattern") is { } pattern && vocabulary.TextOf(name) is { } text)
            {
                found.Add(new Filter.Matches(text, pattern, IgnoreCase: true));
            }
            else if (several.Json["datetime"] is { } bounds && vocabulary.Times.TryGetValue(name, out var time))
            {
                if (!RangeCondition.OfTime(bounds, time, name).TryGet(out var range, out var error))
                {
                    return error;
                }

                found.Add(range);
            }
        }

        return several.Problem is { } problem ? problem : found;
    }

    private Filter Search(string text) =>
        new Filter.Any([
            .. vocabulary.Patterns.Values.Select(field => new Filter.Matches(
                field,
                Regex.Escape(text),
                IgnoreCase: true
            )),
        ]);

    private void ReadFilters(JsonObject filters)
    {
        foreach (var (name, filter) in filters)
        {
            if (vocabulary.ListOf(name) is { } listed && filter is JsonObject given)
            {
                Add(ListCondition.Parse(given, listed));
            }
        }
    }

    private void Add(Result<Filter> part)
    {
        if (part.TryGet(out var filter, out var error))
        {
            parts.Add(filter);
        }
        else
        {
            fields.Refuse(error);
        }
    }
}
