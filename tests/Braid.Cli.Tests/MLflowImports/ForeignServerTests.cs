using System.Text;
using Braid.Access.Credentials;
using Braid.Gateway.MLflow.Tests.Hosting;

namespace Braid.Cli.Tests.MLflowImports;

/// <summary>Imports from servers that may be anybody's.</summary>
public sealed class ForeignServerTests : IAsyncLifetime
{
    private const string run = "0123456789abcdef0123456789abcdef";
    private const string otherRun = "fedcba9876543210fedcba9876543210";
    private static readonly KeyPair administrator = new("ADMINKEY", "admin-secret");

    private MLflowServer server = null!; // set before each test

    public async Task InitializeAsync()
    {
        server = await MLflowServer.StartAsync();
        await server.Rooms.Authenticator.SetAdministratorAsync(administrator, CancellationToken.None);
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task The_administrators_keys_do_not_go_to_the_source()
    {
        await using var source = await SourceFake.StartAsync(run);
        var cli = WithKeys();

        Assert.True(await ImportAsync(cli, source.Address) == 0, cli.Error);

        Assert.NotEmpty(source.Credentials);
        Assert.All(source.Credentials, Assert.Empty);
    }

    [Fact]
    public async Task A_token_of_the_targets_does_not_go_to_the_source()
    {
        await using var source = await SourceFake.StartAsync(run);

        await ImportAsync(Cli().With("MLFLOW_TRACKING_TOKEN", "token"), source.Address);

        Assert.NotEmpty(source.Credentials);
        Assert.All(source.Credentials, Assert.Empty);
    }

    [Fact]
    public async Task The_source_gets_the_user_and_password_of_its_address()
    {
        await using var source = await SourceFake.StartAsync(run);
        var cli = WithKeys();
        var address = new UriBuilder(source.Address) { UserName = "ada", Password = "p%40ss" }.Uri;

        Assert.True(await ImportAsync(cli, address) == 0, cli.Error);

        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("ada:p@ss"));
        Assert.NotEmpty(source.Credentials);
        Assert.All(source.Credentials, sent => Assert.Equal(expected, sent));
    }

    [Fact]
    public async Task A_listing_cannot_reach_the_files_of_another_run()
    {
        await using var first = await SourceFake.StartAsync(run, "a.txt");
        Assert.Equal(0, await ImportAsync(Cli(), first.Address));
        string[] hostile =
        [
            $"../../{run}/artifacts/a.txt",
            $"b/../../../{run}/artifacts/a.txt",
            "",
            ".",
            "..",
            "b/./c",
            "b//c",
            "b/",
            "/b",
            @"b\..\c",
        ];
        await using var second = await SourceFake.StartAsync(otherRun, [.. hostile, "b/..c"]);
        var cli = Cli();

        Assert.Equal(1, await ImportAsync(cli, second.Address));

        Assert.Equal(run, await ArtifactAsync(run, "a.txt"));
        Assert.Equal(otherRun, await ArtifactAsync(otherRun, "b/..c"));
        Assert.All(hostile, path => Assert.Contains($"not taken: artifact '{path}' of run {otherRun}: ", cli.Error));
        Assert.Equal(hostile.Length, cli.Error.Split("not taken").Length - 1);
    }

    private CliRun Cli() => new CliRun().With("MLFLOW_TRACKING_URI", server.Client.BaseAddress!.ToString());

    private CliRun WithKeys() =>
        Cli()
            .With("MLFLOW_TRACKING_USERNAME", administrator.AccessKey)
            .With("MLFLOW_TRACKING_PASSWORD", administrator.SecretKey);

    private static Task<int> ImportAsync(CliRun cli, Uri source) =>
        cli.RunAsync("import", "mlflow", "--from", source.AbsoluteUri);

    private Task<string> ArtifactAsync(string owner, string path) =>
        server.Client.GetStringAsync(new Uri($"/get-artifact?run_id={owner}&path={path}", UriKind.Relative));
}
