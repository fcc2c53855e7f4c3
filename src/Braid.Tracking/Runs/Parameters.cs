using System.Globalization;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Runs;

/// <summary>The rows of <c>parameter</c>: of runs, and of models.</summary>
internal static class Parameters
{
    private const string upsert = """
        INSERT INTO parameter (owner_id, section, name, value, type, description, number, writer)
        VALUES (@owner, @Section, @Name, @Value, @Type, @Description, @number, @writer)
        ON CONFLICT (owner_id, section, name) DO UPDATE SET
          value = excluded.value, type = excluded.type, description = excluded.description, number = excluded.number,
          writer = CASE WHEN parameter.value = excluded.value THEN parameter.writer ELSE excluded.writer END
        """;

    public static async Task<Error?> EditAsync(DbWrite db, string owner, ParameterEdit edit, string writer)
    {
        if (edit.IsEmpty)
        {
            return null;
        }

        if (edit.Immutable && await FindClashAsync(db, owner, edit.Set) is { } clash)
        {
            return clash;
        }

        await RemoveReplacedAsync(db, owner, edit);
        foreach (var (section, name) in edit.Remove)
        {
            await RemoveAsync(db, owner, section, name);
        }

        await SetAsync(db, owner, edit.Set, writer);
        return null;
    }

    public static async Task SetAsync(DbWrite db, string owner, IReadOnlyList<RunParameter> parameters, string writer)
    {
        if (parameters.Count > 0)
        {
            await db.ExecuteAsync(
                upsert,
                parameters.Select(parameter => new
                {
                    owner,
                    parameter.Section,
                    parameter.Name,
                    parameter.Value,
                    parameter.Type,
                    parameter.Description,
                    number = NumberIn(parameter.Value),
                    writer,
                })
            );
        }
    }

    public static Task RemoveAsync(DbWrite db, string owner, string section, string? name) =>
        db.ExecuteAsync(
            name is null
                ? "DELETE FROM parameter WHERE owner_id = @owner AND section = @section"
                : "DELETE FROM parameter WHERE owner_id = @owner AND section = @section AND name = @name",
            new
            {
                owner,
                section,
                name,
            }
        );

    public static async Task<ILookup<string, RunParameter>> OfAsync(DbRead db, IEnumerable<string> owners)
    {
        var rows = await SqlArguments.QueryAsync<Row>(
            db,
            """
            SELECT owner_id, section, name, value, type, description FROM parameter WHERE owner_id IN {0}
            ORDER BY owner_id, section, name
            """,
            owners
        );
        return rows.ToLookup(row => row.OwnerId, row => row.ToParameter(), StringComparer.Ordinal);
    }

    private static async Task RemoveReplacedAsync(DbWrite db, string owner, ParameterEdit edit)
    {
        if (edit.Replace == ParameterReplacement.All)
        {
            await db.ExecuteAsync("DELETE FROM parameter WHERE owner_id = @owner", new { owner });
        }
        else if (edit.Replace == ParameterReplacement.Section)
        {
            foreach (var section in edit.Set.Select(one => one.Section).Distinct(StringComparer.Ordinal))
            {
                await RemoveAsync(db, owner, section, null);
            }
        }
    }

    /// <summary>The first parameter that would change a value, against what is stored or within the list itself.</summary>
    private static async Task<Error?> FindClashAsync(DbRead db, string owner, IReadOnlyList<RunParameter> set)
    {
        var values = (await OfAsync(db, [owner]))[owner].ToDictionary(one => (one.Section, one.Name), one => one.Value);
        foreach (var one in set)
        {
            if (!values.TryAdd((one.Section, one.Name), one.Value) && values[(one.Section, one.Name)] != one.Value)
            {
                return Errors.ParameterImmutable(one.Name, values[(one.Section, one.Name)], one.Value);
            }
        }

        return null;
    }

    private static double? NumberIn(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;

    private sealed record Row
    {
        public string OwnerId { get; init; } = "";
        public string Section { get; init; } = "";
        public string Name { get; init; } = "";
        public string Value { get; init; } = "";
        public string Type { get; init; } = "";
        public string Description { get; init; } = "";

        public RunParameter ToParameter() => new(Section, Name, Value, Type, Description);
    }
}
