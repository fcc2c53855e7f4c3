using System.Globalization;
using Braid.Grpc.Statuses;
using Braid.Testing;
using Xunit.Abstractions;

namespace Braid.System.Tests.Kills;

/// <summary>
/// kill -9 at random moments of puts, commits, branch moves, drops, squashes, sweeps and scrubs: what was acknowledged is there,
/// nothing partial is visible, fsck is clean, and it goes on. BRAID_KILLS says how often (200 for a release); BRAID_SEED repeats a
/// run's choices, as far as the moments allow.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int writers = 4;
    private static readonly int rounds = int.Parse(
        Environment.GetEnvironmentVariable("BRAID_KILLS") ?? "4",
        CultureInfo.InvariantCulture
    );

    [Fact]
    public async Task A_server_that_is_killed_loses_nothing_that_it_acknowledged()
    {
        var seed = Seed.Pick();
        output.WriteLine($"seed {seed}, {rounds} kills");
        var random = new Random(seed);
        await using var server = await ServerProcess.StartAsync();
        var repos = Enumerable
            .Range(0, writers)
            .Select(i => new RepoModel($"r{i}", new Random(seed + i), hasOutput: i % 2 == 0))
            .ToList();
        using (var pfs = new PfsClient(Address(server)))
        {
            foreach (var repo in repos)
            {
                await repo.CreateAsync(pfs);
            }
        }

        for (var round = 1; round <= rounds; round++)
        {
            await WorkUntilKilledAsync(server, repos, random.Next(0, 40), random.Next(0, 60));
            await server.StartAgainAsync();
            using var pfs = new PfsClient(Address(server));
            foreach (var repo in repos)
            {
                await repo.VerifyAsync(pfs);
            }

            var problems = await pfs.FsckAsync();
            Assert.True(problems.Count == 0, $"seed {seed}, kill {round}: {string.Join('\n', problems)}");
        }

        output.WriteLine($"{repos.Sum(repo => repo.Calls)} changes were acknowledged");
        Assert.NotEqual(0, repos.Sum(repo => repo.Calls));
    }

    // A moment after so many acknowledged changes, however fast the machine is.
    private static async Task WorkUntilKilledAsync(
        ServerProcess server,
        List<RepoModel> repos,
        int calls,
        int milliseconds
    )
    {
        var before = repos.Sum(repo => repo.Calls);
        var isKilled = false;
        using var pfs = new PfsClient(Address(server));
        using var web = new HttpClient { BaseAddress = new(server.Endpoint("web")) };
        var work = repos
            .Select(repo => RepeatAsync(() => repo.StepAsync(pfs)))
            .Append(RepeatAsync(() => SweepAsync(web)))
            .Append(RepeatAsync(() => ScrubAsync(web)))
            .ToList();
        var reached = Eventually.IsTrueAsync(
            () => Task.FromResult(repos.Sum(repo => repo.Calls) - before >= calls),
            "changes are acknowledged",
            TimeSpan.FromSeconds(60)
        );
        // Whatever fails before the kill fails the test at once.
        await await Task.WhenAny([reached, .. work]);
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System);
        isKilled = true;
        await server.KillAsync();
        await Task.WhenAll(work);

        async Task RepeatAsync(Func<Task> step)
        {
            try
            {
                while (!Volatile.Read(ref isKilled))
                {
                    await step();
                }
            }
            catch (Exception error)
                when (Volatile.Read(ref isKilled) && error is GrpcException or HttpRequestException or IOException)
            {
                // The call was under way.
            }
        }
    }

    private static async Task SweepAsync(HttpClient web)
    {
        using var plan = await web.PostAsync(new Uri("/api/gc/plan", UriKind.Relative), null);
        var text = await plan.Content.ReadAsStringAsync();
        if (plan.IsSuccessStatusCode)
        {
            var id = global::System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("plan").GetString();
            using var applied = await web.PostAsync(new Uri($"/api/gc/apply/{id}", UriKind.Relative), null);
        }

        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
    }

    private static async Task ScrubAsync(HttpClient web)
    {
        using var scrub = await web.PostAsync(new Uri("/api/scrub", UriKind.Relative), null);
        var lines = await scrub.Content.ReadAsStringAsync();
        Assert.DoesNotContain("\"fate\"", lines, StringComparison.Ordinal);
        await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
    }

    private static Uri Address(ServerProcess server) =>
        new(server.Endpoint("pachyderm").Replace("grpc://", "http://", StringComparison.Ordinal));
}
