using System.Text;
using Braid.Pipelines.Egressing;

namespace Braid.Pipelines.Tests.Egressing;

public sealed class SqlFilesTests
{
    [Theory]
    [InlineData("id,name\n1,a\n", "name,id", "id,name", true)]
    [InlineData("\"id\",\"name\"\n1,a\n", "id,name", "id,name", true)]
    [InlineData("1,a\n", "id,name", "id,name", false)]
    [InlineData("id,name\n1,a\n", "", "", false)]
    public async Task First_row_is_a_header_when_it_names_the_columns(
        string file,
        string columns,
        string expected,
        bool header
    )
    {
        var form = await CsvForm.OfAsync(
            Bytes(file),
            columns.Split(',', StringSplitOptions.RemoveEmptyEntries),
            default
        );

        Assert.Equal((expected, header), (string.Join(',', form.Columns), form.HasHeader));
    }

    [Fact]
    public async Task Objects_become_rows()
    {
        const string file = """
            {"id": 1, "name": "a \"quoted\", name", "more": {"x": [1]}}

            {"name": null, "id": 2.5, "extra": true}
            """;
        var columns = (await JsonRows.FormOfAsync(Bytes(file), [], default)).Columns;
        using var csv = new StringWriter();
        await JsonRows.WriteCsvAsync(new StringReader(file), columns, csv, default);

        Assert.Equal(["id", "name", "more"], columns);
        Assert.Equal("\"1\",\"a \"\"quoted\"\", name\",\"{\"\"x\"\": [1]}\"\n\"2.5\",,\n", csv.ToString());
    }

    [Fact]
    public async Task Line_that_is_no_object_is_damage() =>
        await Assert.ThrowsAsync<InvalidDataException>(() =>
            JsonRows.WriteCsvAsync(new StringReader("[1]"), ["id"], new StringWriter(), default)
        );

    [Theory]
    [InlineData("mysql://u@h/d", "egress to a database of kind \"mysql\" is not supported")]
    [InlineData("postgresql://u@h/d?colour=1", "invalid pipeline spec: egress.sql_database.url has an option")]
    [InlineData("nonsense", "invalid pipeline spec: egress.sql_database.url is no URL")]
    public void Address_that_is_not_understood_is_refused(string url, string expected) =>
        Assert.StartsWith(expected, SqlAddress.Read(url, "x").Error?.Message, StringComparison.Ordinal);

    [Fact]
    public void Address_is_what_the_url_says_with_the_secret()
    {
        var address = SqlAddress.Read("postgresql://ana@db.example:5433/sales?sslmode=verify-full", "p;w").Value;

        Assert.Contains(
            "Host=db.example;Port=5433;Database=sales;Username=ana;Password=\"p;w\"",
            address,
            StringComparison.Ordinal
        );
        Assert.Contains("SSL Mode=VerifyFull", address, StringComparison.Ordinal);
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));
}
