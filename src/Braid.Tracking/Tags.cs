using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking;

/// <summary>The rows of <c>tag</c>: whatever has an id can own some.</summary>
internal static class Tags
{
    public static async Task SetAsync(DbWrite db, string owner, IReadOnlyList<Tag> tags)
    {
        // Of one key given twice, the last counts.
        var last = tags.GroupBy(tag => tag.Key, StringComparer.Ordinal).Select(group => group.Last()).ToArray();
        if (last.Length > 0)
        {
            await db.ExecuteAsync(
                """
                INSERT INTO tag (owner_id, key, value) VALUES (@owner, @Key, @Value)
                ON CONFLICT (owner_id, key) DO UPDATE SET value = excluded.value
                """,
                last.Select(tag => new
                {
                    owner,
                    tag.Key,
                    tag.Value,
                })
            );
        }
    }

    /// <summary>Removes tags; the first key that is not there is an error.</summary>
    public static async Task<Error?> RemoveAsync(DbWrite db, string owner, IReadOnlyList<string> keys)
    {
        foreach (var key in keys)
        {
            if (
                await db.ExecuteAsync("DELETE FROM tag WHERE owner_id = @owner AND key = @key", new { owner, key }) == 0
            )
            {
                return Errors.NoSuchTag(key, owner);
            }
        }

        return null;
    }

    public static async Task<ILookup<string, Tag>> OfAsync(DbRead db, IEnumerable<string> owners)
    {
        var rows = await SqlArguments.QueryAsync<Row>(
            db,
            "SELECT owner_id, key, value FROM tag WHERE owner_id IN {0} ORDER BY owner_id, key",
            owners
        );
        return rows.ToLookup(row => row.OwnerId, row => new Tag(row.Key, row.Value), StringComparer.Ordinal);
    }

    private sealed record Row
    {
        public string OwnerId { get; init; } = "";
        public string Key { get; init; } = "";
        public string Value { get; init; } = "";
    }
}
