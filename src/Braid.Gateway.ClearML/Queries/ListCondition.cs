using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Filters;

namespace Braid.Gateway.ClearML.Queries;

/// <summary>
/// A list of values as the protocol writes it: values, any of which the field may have, mixed with operators.
/// <c>-x</c> and <c>__$not x</c> exclude; <c>__$all</c> and <c>__$any</c> say how the values after them combine (the first of
/// them also how the two groups do); <c>__$nop</c> ends that; null stands for no value.
/// </summary>
internal sealed class ListCondition
{
    private readonly List<string?> any = [];
    private readonly List<string?> anyExcluded = [];
    private readonly List<string?> all = [];
    private readonly List<string?> allExcluded = [];
    private bool groupsAreAlternatives;

    /// <summary>The condition of a list field.</summary>
    public static Result<Filter> Parse(IReadOnlyList<string?> values, Listed field)
    {
        var condition = new ListCondition();
        return condition.Read(values) is { } error ? error : condition.ToFilter(field);
    }

    /// <summary>The condition of one entry of <c>filters</c>: <c>{any:{include,exclude}, all:{include,exclude}, op}</c>.</summary>
    public static Result<Filter> Parse(JsonObject filter, Listed field)
    {
        var fields = new Fields(filter);
        var condition = new ListCondition { groupsAreAlternatives = fields.Text("op") == "or" };
        var any = new Fields(fields.Object("any") ?? []);
        var all = new Fields(fields.Object("all") ?? []);
        condition.any.AddRange(any.Texts("include") ?? []);
        condition.anyExcluded.AddRange(any.Texts("exclude") ?? []);
        condition.all.AddRange(all.Texts("include") ?? []);
        condition.allExcluded.AddRange(all.Texts("exclude") ?? []);
        return (fields.Problem ?? any.Problem ?? all.Problem) is { } problem ? problem : condition.ToFilter(field);
    }

    private Error? Read(IReadOnlyList<string?> values)
    {
        bool? isAll = null;
        var isExcluded = false;
        foreach (var value in values)
        {
            if (value is null || !value.StartsWith("__$", StringComparison.Ordinal))
            {
                Add(value, isAll, isExcluded);
                isExcluded = false;
                continue;
            }

            switch (value)
            {
                case "__$not":
                    isExcluded = true;
                    break;
                case "__$all" or "__$and":
                    isAll = true;
                    break;
                case "__$any" or "__$or":
                    groupsAreAlternatives |= isAll is null;
                    isAll = false;
                    break;
                case "__$nop":
                    isAll = null;
                    break;
                default:
                    return Errors.UnknownOperator(value);
            }
        }

        return null;
    }

    private void Add(string? value, bool? isAll, bool isExcluded)
    {
        if (value is ['-', .. var legacy] && isAll is null && !isExcluded)
        {
            allExcluded.Add(legacy);
            return;
        }

        var group = (isAll ?? isExcluded, isExcluded) switch
        {
            (true, true) => allExcluded,
            (true, false) => all,
            (false, true) => anyExcluded,
            (false, false) => any,
        };
        group.Add(value);
    }

    private Filter ToFilter(Listed field)
    {
        var parts = new List<Filter>();
        if (any.Count > 0)
        {
            parts.Add(AnyOf(any, field));
        }

        if (anyExcluded.Count > 0)
        {
            parts.Add(new Filter.Any([.. anyExcluded.Select(value => !AnyOf([value], field))]));
        }

        parts.AddRange(all.Select(value => AnyOf([value], field)));
        parts.AddRange(allExcluded.Select(value => !AnyOf([value], field)));
        return groupsAreAlternatives ? new Filter.Any(parts) : new Filter.All(parts);
    }

    private static Filter AnyOf(IReadOnlyList<string?> values, Listed field)
    {
        var named = field.Any([.. values.OfType<string>()]);
        return values.Contains(null) ? field.Missing | named : named;
    }
}
