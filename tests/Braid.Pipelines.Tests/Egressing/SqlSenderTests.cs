using Braid.Data.Naming;
using Braid.Pipelines.Egressing;
using Braid.Pipelines.Specs;
using Braid.Primitives;
using Braid.Storage.Trees;
using Braid.Testing;
using Npgsql;
using static Braid.Pipelines.Tests.PipelineWorld;

namespace Braid.Pipelines.Tests.Egressing;

public sealed class SqlSenderTests : IAsyncLifetime
{
    private PostgresSchema? schema;
    private PipelineWorld? world;

    private PipelineWorld World => world ?? throw new InvalidOperationException("not started");

    private string Schema => new NpgsqlConnectionStringBuilder(Address).SearchPath ?? "";

    private string Address => schema?.ConnectionString ?? throw new InvalidOperationException("not started");

    public async Task InitializeAsync()
    {
        schema = await PostgresSchema.CreateAsync();
        world = await OpenAsync();
        await World.CreateRepoAsync("out");
        await ExecuteAsync("CREATE TABLE people (id BIGINT, name TEXT); INSERT INTO people VALUES (99, 'old')");
    }

    public async Task DisposeAsync()
    {
        await World.DisposeAsync();
        await (schema?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task Rows_of_files_take_the_place_of_the_rows_of_their_table()
    {
        var root = await PutAsync(("a.csv", "1,ana\n"), ("deep/b.csv", "2,\"b, \"\"quoted\"\"\"\n"));

        var first = await SendAsync(root, SqlFileFormat.Csv);
        var again = await SendAsync(root, SqlFileFormat.Csv);

        Assert.Equal(2, Ok(first)[$"{Schema}.people"]);
        Assert.Equal(2, Ok(again)[$"{Schema}.people"]);
        Assert.Equal(["1 ana", "2 b, \"quoted\""], await RowsAsync());
    }

    [Fact]
    public async Task Header_says_the_order_of_the_columns()
    {
        var root = await PutAsync(("a.csv", "name,id\nana,1\n"), ("b.csv", "2,bob\n"));

        Ok(await SendAsync(root, SqlFileFormat.Csv, "id", "name"));

        Assert.Equal(["1 ana", "2 bob"], await RowsAsync());
    }

    [Fact]
    public async Task Lines_of_json_become_rows()
    {
        var root = await PutAsync(("a.json", "{\"name\":\"ana\",\"id\":1}\n{\"id\":2}\n"));

        Ok(await SendAsync(root, SqlFileFormat.Json));

        Assert.Equal(["1 ana", "2 "], await RowsAsync());
    }

    [Fact]
    public async Task What_the_database_refuses_changes_nothing()
    {
        var root = await PutAsync(("a.csv", "1,ana\n"), ("b.csv", "no number,bob\n"));

        var refused = await SendAsync(root, SqlFileFormat.Csv);

        Assert.Equal("pipelines.egress-failed", refused.Error?.Code);
        Assert.Contains("invalid input syntax", refused.Error?.Message, StringComparison.Ordinal);
        Assert.Equal(["99 old"], await RowsAsync());
        Assert.Equal(ErrorKind.Unimplemented, (await SendAsync(root, SqlFileFormat.Parquet)).Error?.Kind);
    }

    private async Task<TreeRoot> PutAsync(params (string Path, string Content)[] files)
    {
        var set = await World.PutAsync(
            "out",
            [.. files.Select(file => ($"/{Schema}.people/{file.Path}", (string?)file.Content))]
        );
        var commits = await World.CommitsAsync("out");
        return commits.Single(commit => commit.Name == new CommitName(new("default", "out"), set)).Root;
    }

    private Task<Result<IReadOnlyDictionary<string, long>>> SendAsync(
        TreeRoot root,
        SqlFileFormat format,
        params string[] columns
    )
    {
        var address = new NpgsqlConnectionStringBuilder(Address);
        var url =
            $"postgresql://{address.Username}@localhost/{address.Database}?host={Uri.EscapeDataString(address.Host ?? "")}";
        var target = new Egress.SqlDatabase(url, format, columns, "secret", "password");
        return new SqlSender(World.Content).SendAsync(target, address.Password ?? "", root, default);
    }

    private async Task<List<string>> RowsAsync()
    {
        await using var connection = new NpgsqlConnection(Address);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT id || ' ' || coalesce(name, '') FROM people ORDER BY id",
            connection
        );
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Address);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
