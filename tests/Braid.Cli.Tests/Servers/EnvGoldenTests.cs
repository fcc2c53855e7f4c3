using Braid.Testing;

namespace Braid.Cli.Tests.Servers;

public sealed class EnvGoldenTests
{
    [Fact]
    public async Task The_exports_are_golden()
    {
        using var data = ServerAddressTests.ServerFolderOf();
        var cli = new CliRun();
        Assert.Equal(0, await cli.RunAsync("env", "--data", data.Path));
        Golden.Match("tests/Braid.Cli.Tests/Golden/env.txt", cli.Out.Replace(data.Path, "/data"));
    }

    [Fact]
    public async Task A_folder_without_a_server_is_refused_with_what_to_do()
    {
        using var data = new TempFolder();
        var cli = new CliRun();
        Assert.Equal(1, await cli.RunAsync("env", "--data", data.Path));
        Assert.Equal($"no server has run in {data.Path}: start one with braid serve --data {data.Path}\n", cli.Error);
    }
}
