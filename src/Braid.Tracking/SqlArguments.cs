using Braid.Metadata;

namespace Braid.Tracking;

/// <summary>Numbered arguments of one SQL text that is put together from parts.</summary>
internal sealed class SqlArguments
{
    /// <summary>Rows that are looked up by lists of keys are looked up so many at a time: both stores bound the arguments.</summary>
    public const int MostInList = 1000;

    private readonly Dictionary<string, object?> values = [];

    public IReadOnlyDictionary<string, object?> Values => values;

    /// <summary>Adds an argument; the text that stands for it.</summary>
    public string Bind(object? value)
    {
        var name = $"f{values.Count}";
        values.Add(name, value);
        return "@" + name;
    }

    /// <summary>Adds many; <c>(@f0, @f1, ...)</c>, to stand after IN. The two stores share no shorter way to say it.</summary>
    public string List(IEnumerable<string> many) => $"({string.Join(", ", many.Select(Bind))})";

    /// <summary>Reads the rows of many keys: <c>{0}</c> in <paramref name="sql"/> is where the list of keys goes.</summary>
    public static async Task<IReadOnlyList<T>> QueryAsync<T>(DbRead db, string sql, IEnumerable<string> keys)
    {
        var rows = new List<T>();
        foreach (var some in keys.Chunk(MostInList))
        {
            var arguments = new SqlArguments();
            var text = sql.Replace("{0}", arguments.List(some), StringComparison.Ordinal);
            rows.AddRange(await db.QueryAsync<T>(text, arguments.Values));
        }

        return rows;
    }
}
