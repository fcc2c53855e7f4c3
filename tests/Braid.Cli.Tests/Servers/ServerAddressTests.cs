using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
using Braid.Testing;

namespace Braid.Cli.Tests.Servers;

public sealed class ServerAddressTests : IDisposable
{
    private readonly TempFolder home = new();

    public void Dispose() => home.Dispose();

    [Theory]
    [InlineData("grpc://host:1", "http://host:1/")]
    [InlineData("grpcs://host:1", "https://host:1/")]
    [InlineData("host", "http://host:30650/")]
    [InlineData("http://host:1", "http://host:1/")]
    public void An_address_may_have_any_of_pachctls_forms(string text, string uri) =>
        Assert.Equal(uri, ServerAddress.Parse(text).AbsoluteUri);

    [Fact]
    public void Another_scheme_is_refused() =>
        Assert.StartsWith(
            "cannot connect to ftp://x",
            Assert.Throws<Failure>(() => ServerAddress.Parse("ftp://x")).Message
        );

    [Fact]
    public void The_environment_goes_before_the_config_file()
    {
        WriteConfig();
        Assert.Equal("http://env:1/", Find(("PACHD_ADDRESS", "grpc://env:1")).Uri.AbsoluteUri);
    }

    [Fact]
    public void The_active_context_gives_address_token_and_project()
    {
        WriteConfig();
        var address = Find();
        Assert.Equal(
            ("http://configured:2/", "secret", "vision"),
            (address.Uri.AbsoluteUri, address.Token, address.Project)
        );
    }

    [Fact]
    public void A_server_folder_gives_address_and_token()
    {
        using var data = ServerFolderOf();
        var address = Find(("BRAID_DATA", data.Path));
        Assert.Equal(("http://127.0.0.1:30650/", "token"), (address.Uri.AbsoluteUri, address.Token));
    }

    [Fact]
    public void Otherwise_it_is_this_machines_default_port() =>
        Assert.Equal("http://127.0.0.1:30650/", Find().Uri.AbsoluteUri);

    /// <summary>A folder as a server leaves it.</summary>
    internal static TempFolder ServerFolderOf()
    {
        var folder = new TempFolder();
        File.WriteAllText(
            folder.File("endpoints.json"),
            """
            {"pachyderm":"grpc://127.0.0.1:30650","clearml":"http://127.0.0.1:8008","files":"http://127.0.0.1:8081",
             "mlflow":"http://127.0.0.1:5000","s3":"http://127.0.0.1:30600","web":"http://127.0.0.1:8080","pid":1}
            """
        );
        File.WriteAllText(folder.File("admin.json"), """{"access_key":"key","secret_key":"it's","token":"token"}""");
        return folder;
    }

    private void WriteConfig()
    {
        Directory.CreateDirectory(home.File(".pachyderm"));
        File.WriteAllText(
            home.File(".pachyderm/config.json"),
            """
            {"v2": {"active_context": "lab", "contexts": {"lab":
              {"pachd_address": "grpc://configured:2", "session_token": "secret", "project": "vision"}}}}
            """
        );
    }

    private ServerAddress Find(params (string Name, string Value)[] variables)
    {
        var all = variables.Append(("HOME", home.Path)).ToDictionary(pair => pair.Item1, pair => pair.Item2);
        return ServerAddress.Find(
            new Surroundings(TextWriter.Null, TextWriter.Null, name => all.GetValueOrDefault(name), TimeProvider.System)
        );
    }
}
