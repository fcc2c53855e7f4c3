using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Braid.Primitives;

namespace Braid.Gateway.MLflow.Wire;

/// <summary>
/// The fields of one request, whichever way they came (path, query, body), under their snake_case or camelCase names. A
/// reader that meets a missing or ill-typed field remembers the first such problem; the handler asks for it once, after
/// reading everything, so that reading stays a list of names.
/// </summary>
internal sealed class Fields
{
    /// <summary>The names that this door asks for, which are few, in camelCase.</summary>
    private static readonly ConcurrentDictionary<string, string> camels = new(StringComparer.Ordinal);

    private readonly JsonElement source;
    private readonly string path;
    private readonly FirstProblem first;

    public Fields(JsonElement source)
        : this(source, "", new()) { }

    private Fields(JsonElement source, string path, FirstProblem first)
    {
        this.source = source;
        this.path = path;
        this.first = first;
    }

    /// <summary>The first thing that was wrong with what was read so far.</summary>
    public Error? Problem => first.Error;

    /// <summary>Records a refusal found while reading; the first one stays.</summary>
    public void Refuse(Error error) => first.Error ??= error;

    /// <summary>Where a field is, as error messages name it: <c>metrics[0].key</c>.</summary>
    public string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    public bool Has(string name) => Find(name) is not null;

    /// <summary>A text that must be there and not be empty; empty once a problem is recorded.</summary>
    public string Required(string name)
    {
        var text = Text(name);
        if (string.IsNullOrEmpty(text))
        {
            Refuse(Errors.Missing(PathOf(name)));
        }

        return text ?? "";
    }

    public string? Text(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : Wrong<string>(name, value);
    }

    public long? Integer(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        return ReadInteger(value) ?? Wrong<long?>(name, value);
    }

    /// <summary>A double; the strings <c>NaN</c>, <c>Infinity</c>, <c>-Infinity</c> and numbers in quotes are numbers too.</summary>
    public double? Number(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        return ReadNumber(value) ?? Wrong<double?>(name, value);
    }

    public bool? Flag(string name) =>
        Find(name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.True } => true,
            { ValueKind: JsonValueKind.False } => false,
            { ValueKind: JsonValueKind.String } value when bool.TryParse(value.GetString(), out var flag) => flag,
            { } value => Wrong<bool?>(name, value),
        };

    public IReadOnlyList<string> Texts(string name)
    {
        var texts = new List<string>();
        foreach (var item in Items(name))
        {
            texts.Add(
                item.ValueKind == JsonValueKind.String ? item.GetString() ?? "" : Wrong<string>(name, item) ?? ""
            );
        }

        return texts;
    }

    /// <summary>A list of objects, each read like a request of its own; their problems are this request's.</summary>
    public IReadOnlyList<Fields> Objects(string name)
    {
        var objects = new List<Fields>();
        foreach (var item in Items(name))
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                Wrong<object>(name, item);
                continue;
            }

            objects.Add(new(item, $"{PathOf(name)}[{objects.Count}]", first));
        }

        return objects;
    }

    /// <summary>An object inside this one; null when it is absent.</summary>
    public Fields? Object(string name) =>
        Find(name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.Object } value => new(value, PathOf(name), first),
            { } value => Wrong<Fields>(name, value),
        };

    /// <summary>The value as it came, for messages that quote it.</summary>
    public JsonElement? Raw(string name) => Find(name);

    private IEnumerable<JsonElement> Items(string name) =>
        Find(name) switch
        {
            null => [],
            { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
            // A query parameter that occurs once is a list of one.
            { ValueKind: JsonValueKind.String } one when IsQuery => [one],
            { } other => Wrong<JsonElement[]>(name, other) ?? [],
        };

    /// <summary>True for fields that came in the query, where everything is text.</summary>
    public bool IsQuery { private get; init; }

    private JsonElement? Find(string name)
    {
        var found = source.TryGetProperty(name, out var value) || FindCamel(name, out value);
        return found && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private bool FindCamel(string name, out JsonElement value)
    {
        value = default;
        return name.Contains('_', StringComparison.Ordinal)
            && source.TryGetProperty(camels.GetOrAdd(name, MakeCamel), out value);
    }

    private T? Wrong<T>(string name, JsonElement value)
    {
        Refuse(Errors.WrongType(PathOf(name), value));
        return default;
    }

    private static long? ReadInteger(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetInt64(out var integer) => integer,
            JsonValueKind.Number when value.TryGetDouble(out var whole) && IsWhole(whole) => (long)whole,
            JsonValueKind.String
                when long.TryParse(
                    value.GetString(),
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var integer
                ) => integer,
            _ => null,
        };

    private static bool IsWhole(double value) => Math.Floor(value) == value && Math.Abs(value) < 9.2e18;

    private static double? ReadNumber(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Number => value.GetDouble(),
            JsonValueKind.String
                when double.TryParse(
                    value.GetString(),
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out var number
                ) => number,
            _ => null,
        };

    private static string MakeCamel(string name)
    {
        var words = name.Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    private sealed class FirstProblem
    {
        public Error? Error { get; set; }
    }
}
