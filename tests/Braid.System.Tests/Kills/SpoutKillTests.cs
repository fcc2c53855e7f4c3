using System.Globalization;
using System.Text;
using Braid.Protos.Pps;
using Braid.Testing;
using Xunit.Abstractions;

namespace Braid.System.Tests.Kills;

/// <summary>
/// kill -9 of a spout's program, of its sandbox and of the server: it goes on, and each commit that its program was told of is there
/// once, and whole. BRAID_SEED repeats a run's choices.
/// </summary>
public sealed class SpoutKillTests(ITestOutputHelper output)
{
    private const int rounds = 4;
    private const string acknowledged = "put ";

    private static readonly string cli = Repository.PathOf("artifacts", "publish", "cli");

    // It goes on where the files end.
    private const string program = """
        i=0
        while "$BRAID" inspect file "source@master:/$i" > /dev/null 2>&1; do i=$((i + 1)); done
        while echo "line $i" | "$BRAID" put file "source@master:/$i" -f -; do echo "put $i"; i=$((i + 1)); done
        """;

    [Fact]
    public async Task A_spout_whose_program_sandbox_or_server_is_killed_goes_on_and_loses_nothing()
    {
        var seed = Seed.Pick();
        output.WriteLine($"seed {seed}, {rounds} kills");
        var random = new Random(seed);
        await using var server = await ServerProcess.StartAsync("--expose", cli);
        using (var pps = new PpsClient(Address(server)))
        {
            await pps.CreatePipelineAsync(Source());
        }

        var known = await PutAsync(server, 0);
        for (var round = 1; round <= rounds; round++)
        {
            await ProgramKill.OneAsync(server, random, "sh", "--expose", cli);
            known = await PutAsync(server, known);
            await VerifyAsync(server, known, $"seed {seed}, kill {round}");
        }
    }

    /// <summary>The number of files that are acknowledged, once there are some more.</summary>
    private static async Task<int> PutAsync(ServerProcess server, int known)
    {
        using var pps = new PpsClient(Address(server));
        var put = 0;
        await Eventually.IsTrueAsync(
            async () =>
            {
                var lines = await pps.LinesAsync("source", follow: false).ToListAsync();
                put = lines.Where(IsAcknowledgement).Select(NumberOf).DefaultIfEmpty(-1).Max() + 1;
                return put > known + 2;
            },
            $"more than {known} files are put",
            TimeSpan.FromSeconds(60)
        );
        return put;
    }

    private static bool IsAcknowledgement(string line) => line.StartsWith(acknowledged, StringComparison.Ordinal);

    private static int NumberOf(string line) => int.Parse(line[acknowledged.Length..], CultureInfo.InvariantCulture);

    private static async Task VerifyAsync(ServerProcess server, int put, string what)
    {
        using var pfs = new PfsClient(Address(server));
        for (var i = 0; i < put; i++)
        {
            var file = Encoding.UTF8.GetString(await pfs.ReadAsync(PfsClient.Head("source"), $"/{i}"));
            Assert.True(file == $"line {i}\n", $"{what}: file {i} holds '{file}'");
        }

        Assert.Empty(await pfs.FsckAsync());
    }

    private static CreatePipelineRequest Source() =>
        new()
        {
            Pipeline = new() { Name = "source" },
            Spout = new(),
            Transform = new()
            {
                Cmd = { "sh" },
                Stdin = { program },
                Env = { ["BRAID"] = Path.Combine(cli, "braid") },
            },
        };

    private static Uri Address(ServerProcess server) =>
        new(server.Endpoint("pachyderm").Replace("grpc://", "http://", StringComparison.Ordinal));
}
