using Braid.Tracking.Filters;

namespace Braid.Gateway.ClearML.Queries;

/// <summary>What the <c>get_all</c> of one entity may name, and what that is in the domain.</summary>
internal sealed record Vocabulary
{
    /// <summary>Fields that a request gives a regular expression for.</summary>
    public required IReadOnlyDictionary<string, Field> Patterns { get; init; }

    /// <summary>Fields that a request gives values for.</summary>
    public required IReadOnlyDictionary<string, Listed> Lists { get; init; }

    /// <summary>Fields that a request gives bounds in time for.</summary>
    public IReadOnlyDictionary<string, Field> Times { get; init; } = new Dictionary<string, Field>();

    /// <summary>Fields that a request gives bounds in numbers for.</summary>
    public IReadOnlyDictionary<string, Field> Numbers { get; init; } = new Dictionary<string, Field>();

    /// <summary>Fields whose names are made of the client's own (<c>hyperparams.Args.lr.value</c>); null for other names.</summary>
    public Func<string, Field?> Named { get; init; } = _ => null;

    /// <summary>Further fields to order by.</summary>
    public IReadOnlyDictionary<string, Field> Keys { get; init; } = new Dictionary<string, Field>();

    /// <summary>All that may stand first in a path of <c>only_fields</c>.</summary>
    public required IReadOnlySet<string> Known { get; init; }

    /// <summary>What a pattern may be looked for in; null for an unknown name.</summary>
    public Field? TextOf(string name) =>
        Patterns.GetValueOrDefault(name) ?? (Named(name) is { } named and not Field.Metric ? named : null);

    /// <summary>What may be one of several values; null for an unknown name.</summary>
    public Listed? ListOf(string name) =>
        Lists.GetValueOrDefault(name)
        ?? (Named(name) is { } named and not Field.Metric ? Listed.Attribute(named) : null);

    /// <summary>What a list may be ordered by; null for an unknown name.</summary>
    public Field? KeyOf(string name) =>
        Keys.GetValueOrDefault(name)
        ?? Patterns.GetValueOrDefault(name)
        ?? Times.GetValueOrDefault(name)
        ?? Numbers.GetValueOrDefault(name)
        ?? Named(name);
}
