using Braid.Metadata;
using Braid.Metadata.Migrations;

namespace Braid.Testing;

/// <summary>The stores that every store test runs on: <c>[Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]</c>.</summary>
public static class Stores
{
    public static TheoryData<string> All => ["sqlite", "postgres"];
}

/// <summary>A database of the test's own, on either store, removed afterwards.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly TempFolder folder;
    private readonly PostgresSchema? schema;

    private TestDatabase(TempFolder folder, PostgresSchema? schema, DatabaseAddress address, Database database)
    {
        this.folder = folder;
        this.schema = schema;
        Address = address;
        Database = database;
    }

    public Database Database { get; }

    /// <summary>Where it is, to open it a second time.</summary>
    public DatabaseAddress Address { get; }

    /// <param name="store"><c>sqlite</c> or <c>postgres</c>.</param>
    public static async Task<TestDatabase> OpenAsync(
        string store,
        IReadOnlyList<Migration> migrations,
        TimeProvider? clock = null
    )
    {
        var folder = new TempFolder();
        var schema = store == "postgres" ? await PostgresSchema.CreateAsync() : null;
        DatabaseAddress address = schema is null
            ? new DatabaseAddress.SqliteFile(folder.File("braid.db"))
            : new DatabaseAddress.PostgresServer(schema.ConnectionString);
        var database = await Database.OpenAsync(
            address,
            migrations,
            clock ?? TimeProvider.System,
            CancellationToken.None
        );
        return new(folder, schema, address, database);
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (schema is not null)
        {
            await schema.DisposeAsync();
        }

        folder.Dispose();
    }
}
