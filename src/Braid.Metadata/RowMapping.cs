using System.Data;
using Braid.Primitives;
using Dapper;

namespace Braid.Metadata;

/// <summary>
/// How values lie in columns, the same in both stores: ids as TEXT (32 hex digits), digests as BYTEA (32 bytes), times as
/// BIGINT (microseconds since 1970-01-01 UTC), durations as BIGINT (microseconds).
/// </summary>
public static class RowMapping
{
    private static readonly Lock once = new();
    private static bool registered;

    /// <summary>Microseconds since 1970-01-01 UTC: the stored form of a time.</summary>
    public static long ToStored(this DateTimeOffset time) => (time.UtcTicks - DateTime.UnixEpoch.Ticks) / 10;

    /// <summary>The time of a stored number of microseconds.</summary>
    public static DateTimeOffset FromStored(long microseconds) =>
        new(DateTime.UnixEpoch.Ticks + (microseconds * 10), TimeSpan.Zero);

    internal static void Register()
    {
        lock (once)
        {
            if (registered)
            {
                return;
            }

            DefaultTypeMap.MatchNamesWithUnderscores = true;
            SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
            SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
            SqlMapper.RemoveTypeMap(typeof(TimeSpan));
            SqlMapper.RemoveTypeMap(typeof(TimeSpan?));
            SqlMapper.AddTypeHandler(
                new Handler<DateTimeOffset>(t => t.ToStored(), v => FromStored(Convert.ToInt64(v)))
            );
            SqlMapper.AddTypeHandler(
                new Handler<TimeSpan>(t => t.Ticks / 10, v => TimeSpan.FromTicks(Convert.ToInt64(v) * 10))
            );
            SqlMapper.AddTypeHandler(new Handler<Hex32>(id => id.ToString(), v => Hex32.Parse((string)v)));
            SqlMapper.AddTypeHandler(new Handler<RunId>(id => id.ToString(), v => RunId.Parse((string)v)));
            SqlMapper.AddTypeHandler(new Handler<CommitSetId>(id => id.ToString(), v => CommitSetId.Parse((string)v)));
            SqlMapper.AddTypeHandler(new Handler<ProjectId>(id => id.ToString(), v => ProjectId.Parse((string)v)));
            SqlMapper.AddTypeHandler(new Handler<ModelId>(id => id.ToString(), v => ModelId.Parse((string)v)));
            SqlMapper.AddTypeHandler(new Handler<QueueId>(id => id.ToString(), v => QueueId.Parse((string)v)));
            SqlMapper.AddTypeHandler(new Handler<Sha256Hash>(hash => hash.ToArray(), v => new Sha256Hash((byte[])v)));
            registered = true;
        }
    }

    private sealed class Handler<T>(Func<T, object> store, Func<object, T> load) : SqlMapper.TypeHandler<T>
    {
        public override T? Parse(object value) => load(value);

        public override void SetValue(IDbDataParameter parameter, T? value) =>
            parameter.Value = value is null ? DBNull.Value : store(value);
    }
}
