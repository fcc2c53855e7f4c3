using System.Net;
using Braid.Metadata;
using Braid.Server.Options;

namespace Braid.Server.Tests.Options;

public sealed class ServeOptionsTests
{
    private static readonly Dictionary<string, string> nothing = [];

    [Fact]
    public void Defaults_are_the_protocols_own_ports_on_loopback_without_authentication()
    {
        var options = Read(["--data", "/srv/braid"], nothing);
        Assert.Equal(new(30650, 8008, 8081, 5000, 30600, 8080), options.Ports);
        Assert.Equal(IPAddress.Loopback, options.Bind);
        Assert.Equal(new DatabaseAddress.SqliteFile("/srv/braid/braid.db"), options.Database);
        Assert.Equal(new Storage.Blobs.BlobAddress.Folder("/srv/braid/blobs"), options.Blobs);
        Assert.True(options.IsOpen);
    }

    [Fact]
    public void The_command_line_wins_over_the_environment()
    {
        var environment = new Dictionary<string, string>
        {
            ["BRAID_DATA"] = "/env",
            ["BRAID_WEB_PORT"] = "1",
            ["BRAID_S3_PORT"] = "2",
        };
        var options = Read(["--web-port=3"], environment);
        Assert.Equal(("/env", 3, 2), (options.Data, options.Ports.Web, options.Ports.S3));
    }

    [Theory]
    [InlineData("--bind", "0.0.0.0")]
    [InlineData("--auth", "true")]
    public void A_server_that_others_reach_or_that_was_told_to_demands_credentials(string flag, string value) =>
        Assert.False(Read(["--data", "/d", $"{flag}={value}"], nothing).IsOpen);

    [Fact]
    public void Every_mistake_is_reported_at_once()
    {
        var (options, mistakes) = ServeOptionsReader.Read(
            [
                "--web-port",
                "http",
                "--bind",
                "example.org",
                "--database",
                "mysql://x",
                "--colour",
                "--expose",
                "/no/such",
                "--s3-port",
            ],
            nothing.GetValueOrDefault
        );
        Assert.Null(options);
        Assert.Equal(7, mistakes.Count);
        Assert.Contains(mistakes, mistake => mistake.Contains("--data DIR is needed", StringComparison.Ordinal));
        Assert.Contains(mistakes, mistake => mistake.Contains("'example.org'", StringComparison.Ordinal));
    }

    private static ServeOptions Read(string[] args, Dictionary<string, string> environment)
    {
        var (options, mistakes) = ServeOptionsReader.Read(args, environment.GetValueOrDefault);
        Assert.Empty(mistakes);
        return options!;
    }
}
