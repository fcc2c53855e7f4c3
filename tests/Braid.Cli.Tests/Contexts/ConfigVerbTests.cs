using System.Text.Json.Nodes;
using Braid.Testing;
using File = System.IO.File;

namespace Braid.Cli.Tests.Contexts;

/// <summary>The commands that show and change the config file.</summary>
public sealed class ConfigVerbTests : IDisposable
{
    private readonly TempFolder home = new();

    public void Dispose() => home.Dispose();

    [Fact]
    public async Task Connecting_makes_a_context_that_only_its_owner_can_read()
    {
        var cli = Cli();
        Assert.Equal(0, await cli.RunAsync("connect", "lab:80", "--alias", "lab"));
        Assert.Equal(
            "New context 'lab' created, will connect to Pachyderm at grpc://lab:80\nContext 'lab' set as active\n",
            cli.Out
        );
        var path = home.File(".braid/config.json");
        Assert.Equal("lab", Read(path)["v2"]!["active_context"]!.GetValue<string>());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal([path], Directory.GetFiles(home.File(".braid")));
    }

    [Fact]
    public async Task Connecting_again_only_activates_the_context()
    {
        await Cli().RunAsync("connect", "lab:80", "--alias", "lab");
        await Cli().RunAsync("connect", "other:80");
        var cli = Cli();
        Assert.Equal(0, await cli.RunAsync("connect", "elsewhere:1", "--alias", "lab"));
        Assert.Equal("Context 'lab' set as active\n", cli.Out);
        await cli.RunAsync("config", "list", "contexts");
        Assert.Equal("ACTIVE\tNAME\n*\tlab\n\tother:80\n", cli.Out);
        await cli.RunAsync("config", "get", "context", "lab");
        Assert.Equal("{\n  \"pachd_address\": \"grpc://lab:80\"\n}\n", cli.Out);
    }

    [Fact]
    public async Task The_file_of_pachctl_is_the_one_that_is_changed_and_what_only_it_knows_stays()
    {
        WriteTheirs();
        Assert.Equal(0, await Cli().RunAsync("config", "update", "context", "lab", "--project", "vision"));
        var file = Read(home.File(".pachyderm/config.json"));
        Assert.Equal("u1", file["user_id"]!.GetValue<string>());
        Assert.Equal(
            """{"source":"IMPORTED","pachd_address":"grpc://lab:80","port_forwarders":{"pachd":9},"project":"vision"}""",
            file["v2"]!["contexts"]!["lab"]!.ToJsonString()
        );
        Assert.False(Directory.Exists(home.File(".braid")));
    }

    [Fact]
    public async Task An_update_without_a_name_edits_the_active_context_and_an_empty_value_removes_its_field()
    {
        WriteTheirs();
        var cli = Cli();
        Assert.Equal(
            0,
            await cli.RunAsync("config", "update", "context", "--pachd-address", "", "--namespace", "prod")
        );
        Assert.Equal("editing the currently active context \"lab\"\n", cli.Out);
        var context = Read(home.File(".pachyderm/config.json"))["v2"]!["contexts"]!["lab"]!;
        Assert.Null(context["pachd_address"]);
        Assert.Equal("prod", context["namespace"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_context_can_be_given_as_JSON()
    {
        var cli = Cli("""{"pachd_address": "lab:80", "session_token": "secret"}""");
        Assert.Equal(0, await cli.RunAsync("config", "set", "context", "lab"));
        await cli.RunAsync("config", "get", "context", "lab");
        Assert.Contains("\"pachd_address\": \"grpc://lab:80\"", cli.Out);
        Assert.Equal(1, await cli.RunAsync("config", "set", "context", "lab"));
        Assert.Equal("context 'lab' already exists, use `--overwrite` if you wish to replace it\n", cli.Error);
        Assert.Equal(0, await cli.RunAsync("config", "set", "context", "lab", "--overwrite"));
    }

    [Theory]
    [InlineData("config set active-context nope", "context does not exist: nope")]
    [InlineData("config get context nope", "context does not exist: nope")]
    [InlineData("config delete context nope", "context does not exist: nope")]
    [InlineData("config delete context lab", "cannot delete an active context")]
    [InlineData("config set metrics maybe", "invalid argument; use either `true` or `false`")]
    public async Task What_cannot_be_done_is_said_and_changes_nothing(string words, string message)
    {
        WriteTheirs();
        var before = await File.ReadAllTextAsync(home.File(".pachyderm/config.json"));
        var cli = Cli();
        Assert.Equal(1, await cli.RunAsync(words.Split(' ')));
        Assert.Equal(message + "\n", cli.Error);
        Assert.Equal(before, await File.ReadAllTextAsync(home.File(".pachyderm/config.json")));
    }

    [Fact]
    public async Task A_file_of_before_contexts_is_the_context_default()
    {
        Directory.CreateDirectory(home.File(".pachyderm"));
        var path = home.File(".pachyderm/config.json");
        await File.WriteAllTextAsync(path, """{"user_id": "u1", "v1": {"pachd_address": "lab:80"}}""");
        var cli = Cli();
        await cli.RunAsync("config", "get", "active-context");
        Assert.Equal("default\n", cli.Out);
        Assert.Equal(0, await cli.RunAsync("config", "update", "context", "--project", "vision"));
        Assert.Null(Read(path)["v1"]);
        Assert.Equal("lab:80", Read(path)["v2"]!["contexts"]!["default"]!["pachd_address"]!.GetValue<string>());
    }

    [Fact]
    public async Task Nothing_is_active_in_a_new_file()
    {
        var cli = Cli();
        await cli.RunAsync("config", "get", "active-context");
        Assert.Equal("NONE\n", cli.Out);
    }

    [Fact]
    public async Task Importing_from_Kubernetes_is_refused_with_what_to_do()
    {
        var cli = Cli();
        Assert.Equal(1, await cli.RunAsync("config", "import-kube", "lab"));
        Assert.Contains("braid connect <address> --alias <context>", cli.Error);
    }

    private CliRun Cli(string input = "") =>
        new CliRun { Input = System.Text.Encoding.UTF8.GetBytes(input) }.With("HOME", home.Path);

    private void WriteTheirs()
    {
        Directory.CreateDirectory(home.File(".pachyderm"));
        File.WriteAllText(
            home.File(".pachyderm/config.json"),
            """
            {"user_id": "u1", "v2": {"active_context": "lab", "contexts": {"lab":
              {"source": "IMPORTED", "pachd_address": "grpc://lab:80", "port_forwarders": {"pachd": 9}}}, "metrics": true}}
            """
        );
    }

    private static JsonNode Read(string path) => JsonNode.Parse(File.ReadAllText(path))!;
}
