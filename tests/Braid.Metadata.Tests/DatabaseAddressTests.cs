using Braid.Primitives;

namespace Braid.Metadata.Tests;

public sealed class DatabaseAddressTests
{
    [Theory]
    [InlineData("sqlite", "/data/braid.db")]
    [InlineData("sqlite:////srv/x.db", "/srv/x.db")]
    [InlineData("sqlite:///x.db", "x.db")]
    public void SQLite_addresses_name_a_file(string text, string path) =>
        Assert.Equal(new DatabaseAddress.SqliteFile(path), DatabaseAddress.Parse(text, "/data/braid.db").Value);

    [Fact]
    public void A_PostgreSQL_address_carries_user_password_port_and_options()
    {
        var address = DatabaseAddress.Parse("postgresql://me:p%40ss@db:6543/braid?sslmode=require", "x").Value;
        var text = Assert.IsType<DatabaseAddress.PostgresServer>(address).ConnectionString;
        foreach (
            var part in (string[])
                ["Host=db", "Port=6543", "Database=braid", "Username=me", "Password=p@ss", "SSL Mode=Require"]
        )
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("mysql://a/b")]
    [InlineData("postgresql://host")]
    [InlineData("sqlite:///")]
    public void Anything_else_is_refused_with_what_to_write(string text)
    {
        var error = DatabaseAddress.Parse(text, "x").Error;
        Assert.Equal(ErrorKind.InvalidArgument, error?.Kind);
        Assert.Contains("sqlite:///PATH", error?.Message, StringComparison.Ordinal);
    }
}
