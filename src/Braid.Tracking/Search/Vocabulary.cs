using Braid.Primitives;
using Braid.Tracking.Filters;

namespace Braid.Tracking.Search;

/// <summary>The names that one search knows, and what they stand for.</summary>
public sealed class Vocabulary
{
    /// <summary>The valid entities, as the message about a wrong one says them.</summary>
    public required string Entities { get; init; }

    /// <summary>What stands alone.</summary>
    public required Dictionary<string, Term> Attributes { get; init; }

    /// <summary>Attributes to order by, but not to filter by.</summary>
    public Dictionary<string, Field> OrderOnly { get; init; } = [];

    /// <summary>Other spellings of attributes.</summary>
    public Dictionary<string, string> Aliases { get; init; } = [];

    /// <summary>What stands before the dot, and the term that what follows it makes.</summary>
    public required Dictionary<string, Func<string, Result<Term>>> Prefixes { get; init; }

    /// <summary>What may stand before an attribute.</summary>
    public IReadOnlyList<string> AttributePrefixes { get; init; } = [];

    /// <summary>The condition that a filter makes; an empty one takes everything.</summary>
    public Result<Filter> Filter(string? filter)
    {
        var parsed = FilterParser.Parse(filter);
        if (!parsed.TryGet(out var comparisons, out var error))
        {
            return error;
        }

        var parts = new List<Filter>();
        foreach (var comparison in comparisons)
        {
            var part = Term(comparison.Left).Then(term => Condition(term, comparison));
            if (!part.IsOk)
            {
                return part;
            }

            parts.Add(part.Value);
        }

        return new Filter.All(parts);
    }

    /// <summary>The keys that order clauses make; one field may appear once.</summary>
    public Result<IReadOnlyList<Order>> Orders(IReadOnlyList<string> clauses)
    {
        var orders = new List<Order>();
        foreach (var clause in clauses)
        {
            var order = FilterParser.ParseOrder(clause).Then(Order);
            if (!order.IsOk)
            {
                return order.Error;
            }

            if (orders.Exists(other => other.By == order.Value.By))
            {
                return SearchErrors.RepeatedOrder(clauses);
            }

            orders.Add(order.Value);
        }

        return orders;
    }

    private static Result<Filter> Condition(Term term, Comparison comparison) =>
        term.ValueProblem(comparison.Right) is { } problem ? problem
        : term.Operators.Contains(comparison.Operator) ? term.Condition(comparison)
        : SearchErrors.BadOperator(comparison.Operator, term.Operators);

    private Result<Order> Order(Ordering ordering)
    {
        if (IsAttribute(ordering.By) && OrderOnly.TryGetValue(ordering.By.Key, out var only))
        {
            return new Order(only, !ordering.Ascending);
        }

        return Term(ordering.By)
            .Then<Order>(term =>
                term.OrderBy is { } field
                    ? new Order(field, !ordering.Ascending)
                    : SearchErrors.BadOrderEntity(ordering.By.Entity ?? ordering.By.Key)
            );
    }

    private Result<Term> Term(Identifier name) =>
        IsAttribute(name) ? Attribute(name.Key)
        : Prefixes.TryGetValue(name.Entity ?? "", out var make) ? make(name.Key)
        : SearchErrors.BadEntity(name.Entity ?? "", Entities);

    private bool IsAttribute(Identifier name) => name.Entity is null || AttributePrefixes.Contains(name.Entity);

    private Result<Term> Attribute(string key) =>
        Attributes.TryGetValue(Aliases.GetValueOrDefault(key, key), out var term)
            ? term
            : SearchErrors.BadKey("attribute", key, Attributes.Keys.Concat(Aliases.Keys));
}
