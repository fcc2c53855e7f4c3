using System.Globalization;
using Braid.Protos.Pps;
using Braid.Testing;

namespace Braid.System.Tests.Kills;

/// <summary>kill -9 of a server whose programs print: a line that somebody has read is there afterwards, too.</summary>
public sealed class LogKillTests
{
    private const int lines = 200;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_line_that_was_read_outlives_its_server(bool spout)
    {
        await using var server = await ServerProcess.StartAsync();
        var read = await ReadAsync(server, spout);

        await server.KillAsync();
        await server.StartAgainAsync();
        using var pps = new PpsClient(Address(server));
        var kept = await pps.LinesAsync("talk", follow: false).ToListAsync();

        Assert.Equal(lines, read.Count);
        Assert.Equal(read, kept.Take(lines));
    }

    private static async Task<List<string>> ReadAsync(ServerProcess server, bool spout)
    {
        using var pfs = new PfsClient(Address(server));
        using var pps = new PpsClient(Address(server));
        await pfs.CreateRepoAsync("in");
        await pfs.ModifyAsync(PfsClient.Head("in"), [KeyValuePair.Create("/a", (byte[]?)[1])]);
        await pps.CreatePipelineAsync(Talk(spout));
        return await pps.LinesAsync("talk", follow: true).Take(lines).ToListAsync();
    }

    private static CreatePipelineRequest Talk(bool spout) =>
        new()
        {
            Pipeline = new() { Name = "talk" },
            Transform = new()
            {
                Cmd = { "sh" },
                Stdin = { string.Create(CultureInfo.InvariantCulture, $"seq {lines}; sleep 600") },
            },
            Spout = spout ? new() : null,
            Input = spout
                ? null
                : new()
                {
                    Pfs = new() { Repo = "in", Glob = "/*" },
                },
        };

    private static Uri Address(ServerProcess server) =>
        new(server.Endpoint("pachyderm").Replace("grpc://", "http://", StringComparison.Ordinal));
}
