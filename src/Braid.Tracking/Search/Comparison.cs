namespace Braid.Tracking.Search;

/// <summary>A name on the left of a comparison: <c>entity.key</c>, or a bare attribute (no entity).</summary>
public sealed record Identifier(string? Entity, string Key);

/// <summary>One clause of a filter, as written: operators in upper case.</summary>
public sealed record Comparison(Identifier Left, string Operator, Literal Right);

/// <summary>The right side of a comparison.</summary>
public abstract record Literal
{
    private Literal() { }

    /// <summary>The text in the filter, for messages.</summary>
    public abstract string Raw { get; }

    /// <summary>The same with its texts replaced.</summary>
    public Literal Reading(Func<string, string> read) =>
        this switch
        {
            Text text => text with { Value = read(text.Value) },
            List list => new List([.. list.Values.Select(read)]),
            _ => this,
        };

    /// <param name="Source">As it is written.</param>
    public sealed record Number(double Value, string Source) : Literal
    {
        public override string Raw => Source;
    }

    /// <param name="Value">Without its quotes.</param>
    public sealed record Text(string Value, string Source) : Literal
    {
        public override string Raw => Source;
    }

    /// <summary>Texts in parentheses.</summary>
    public sealed record List(IReadOnlyList<string> Values) : Literal
    {
        public override string Raw => $"({string.Join(", ", Values.Select(value => $"'{value}'"))})";
    }

    /// <summary>A word or a name in backticks, which is no value: what it is compared with says so.</summary>
    public sealed record Bare(string Source) : Literal
    {
        public override string Raw => Source;
    }

    /// <summary>The nothing of <c>IS NULL</c>.</summary>
    public sealed record Null : Literal
    {
        public override string Raw => "NULL";
    }
}

/// <summary>One item of an order_by list.</summary>
internal sealed record Ordering(Identifier By, bool Ascending);
