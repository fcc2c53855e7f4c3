using Braid.Testing;

namespace Braid.System.Tests;

public sealed class ServeTests
{
    [Fact]
    public async Task A_terminated_server_ends_well_and_takes_its_addresses_back()
    {
        await using var server = await ServerProcess.StartAsync();
        Assert.Equal(0, await server.TerminateAsync());
        Assert.False(File.Exists(Path.Combine(server.Folder, "endpoints.json")));
    }

    [Fact]
    public async Task What_was_there_is_there_after_a_restart()
    {
        await using var server = await ServerProcess.StartAsync();
        await server.BraidAsync("create", "repo", "digits");
        await server.TerminateAsync();
        await server.StartAgainAsync();
        Assert.Contains("digits", (await server.BraidAsync("list", "repo")).Out);
    }

    [Fact]
    public async Task A_second_server_on_the_same_folder_is_refused_with_code_two()
    {
        await using var server = await ServerProcess.StartAsync();
        var second = await BraidProgram.RunAsync(new Dictionary<string, string>(), server.Words());
        Assert.Equal(2, second.Code);
        Assert.Contains("another server is running", second.Error);
    }

    [Fact]
    public async Task The_administrators_file_is_the_owners_alone()
    {
        await using var server = await ServerProcess.StartAsync();
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Path.Combine(server.Folder, "admin.json"))
        );
    }

    [Fact]
    public async Task With_auth_a_call_without_a_token_is_refused_and_the_administrators_token_opens()
    {
        await using var server = await ServerProcess.StartAsync("--auth");
        var refused = await server.BraidAsync("list", "repo");
        Assert.Equal(1, refused.Code);
        server.Variables["BRAID_TOKEN"] = server.Read("admin.json").GetProperty("token").ToString();
        Assert.Equal(0, (await server.BraidAsync("list", "repo")).Code);
        server.Variables["BRAID_TOKEN"] = "wrong";
        Assert.Equal(1, (await server.BraidAsync("list", "repo")).Code);
    }

    [Fact]
    public async Task The_published_program_prints_records_and_reads_yaml()
    {
        await using var server = await ServerProcess.StartAsync();
        using var folder = new TempFolder();
        await server.BraidAsync("create", "repo", "digits");
        Assert.Contains("\"name\": \"digits\"", (await server.BraidAsync("list", "repo", "--raw")).Out);
        Assert.Contains("name: digits", (await server.BraidAsync("list", "repo", "--raw", "-o", "yaml")).Out);

        await File.WriteAllTextAsync(
            folder.File("spec.yaml"),
            "pipeline: {name: copy}\ntransform: {cmd: [cp, -r, /pfs/digits, /pfs/out]}\ninput: {pfs: {repo: digits, glob: /*}}\n"
        );
        var created = await server.BraidAsync("create", "pipeline", "-f", folder.File("spec.yaml"));
        Assert.True(created.Code == 0, created.Error);
        Assert.Contains("digits:/*", (await server.BraidAsync("list", "pipeline")).Out);
    }
}
