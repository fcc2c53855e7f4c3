using System.Text;
using Braid.Protos.Pps;
using Braid.Testing;
using Xunit.Abstractions;

namespace Braid.System.Tests.Kills;

/// <summary>
/// kill -9 of a service's program, of its sandbox and of the server: it serves again, and what was killed is gone. BRAID_SEED repeats a
/// run's choices.
/// </summary>
public sealed class ServiceKillTests(ITestOutputHelper output)
{
    private const string program = "python3";

    /// <summary>Few: a program that ends again and again is started less and less often.</summary>
    private const int rounds = 4;

    private readonly int port = FreePort.Next();

    [Fact]
    public async Task A_service_whose_program_sandbox_or_server_is_killed_serves_again()
    {
        var seed = Seed.Pick();
        output.WriteLine($"seed {seed}, {rounds} kills");
        var random = new Random(seed);
        await using var server = await ServerProcess.StartAsync();
        using (var pfs = new PfsClient(Address(server)))
        using (var pps = new PpsClient(Address(server)))
        {
            await pfs.CreateRepoAsync("pages");
            await pfs.ModifyAsync(
                PfsClient.Head("pages"),
                [KeyValuePair.Create("/a", (byte[]?)Encoding.UTF8.GetBytes("one"))]
            );
            await pps.CreatePipelineAsync(Service());
        }

        var before = await ServingAsync(server, []);
        for (var round = 1; round <= rounds; round++)
        {
            await ProgramKill.OneAsync(server, random, program);
            before = await ServingAsync(server, before);
        }
    }

    /// <summary>Returns when one program serves that is none of those before: it alone can have the port.</summary>
    private async Task<IReadOnlyList<int>> ServingAsync(ServerProcess server, IReadOnlyList<int> before)
    {
        using var http = new HttpClient();
        IReadOnlyList<int> programs = [];
        await Eventually.IsTrueAsync(
            async () =>
            {
                programs = ProcessTree.Find(server.Id, program);
                return programs.Count == 1 && !before.Contains(programs[0]) && await GetAsync(http) == "one";
            },
            "the service serves",
            TimeSpan.FromSeconds(60)
        );
        return programs;
    }

    private async Task<string?> GetAsync(HttpClient http)
    {
        try
        {
            return await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/a"));
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private CreatePipelineRequest Service() =>
        new()
        {
            Pipeline = new() { Name = "web" },
            Transform = new() { Cmd = { program, "-m", "http.server", $"{port}", "--directory", "/pfs/pages" } },
            Input = new()
            {
                Pfs = new()
                {
                    Name = "pages",
                    Repo = "pages",
                    Glob = "/",
                },
            },
            Service = new() { InternalPort = port },
        };

    private static Uri Address(ServerProcess server) =>
        new(server.Endpoint("pachyderm").Replace("grpc://", "http://", StringComparison.Ordinal));
}
