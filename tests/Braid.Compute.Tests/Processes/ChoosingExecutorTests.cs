using Braid.Compute.Executors;
using Braid.Primitives;

namespace Braid.Compute.Tests.Processes;

/// <summary>Two executors as one: ids lead back to the one that knows a replica.</summary>
public sealed class ChoosingExecutorTests
{
    private readonly Recorder processes = new("process");
    private readonly Recorder containers = new("docker");

    [Theory]
    [InlineData("", "process")]
    [InlineData("python:3", "docker")]
    public async Task What_has_an_image_is_a_container_and_the_rest_are_processes(string image, string kind)
    {
        await using var both = new ChoosingExecutor(processes, containers);
        var spec = new ReplicaSpec
        {
            Name = "a",
            Token = 1,
            Image = image,
        };
        var started = (await both.StartAsync(spec, default)).Value;
        await both.MeasureAsync(started.Id, default);
        await both.StopAsync(started.Id, default);
        await both.RemoveAsync(started.Id, default);
        await both.WaitAsync(started.Id, default);
        await foreach (var _ in both.LogsAsync(started.Id, 0, false, default)) { }

        var (used, other) = kind == "docker" ? (containers, processes) : (processes, containers);
        Assert.Equal(["start a", "measure 7/a", "stop 7/a", "remove 7/a", "wait 7/a", "logs 7/a"], used.Calls);
        Assert.Empty(other.Calls);
    }

    [Fact]
    public async Task What_either_knows_is_found_under_the_id_with_which_it_was_started()
    {
        await using var both = new ChoosingExecutor(processes, containers);
        var one = (await both.StartAsync(new ReplicaSpec { Name = "b", Token = 1 }, default)).Value;
        var other = (
            await both.StartAsync(
                new ReplicaSpec
                {
                    Name = "a",
                    Token = 1,
                    Image = "x",
                },
                default
            )
        ).Value;
        Assert.Equal([other.Id, one.Id], (await both.FindAsync(default)).Value.Select(replica => replica.Id));
    }

    [Fact]
    public async Task An_engine_that_is_away_is_told()
    {
        containers.Failure = new(ErrorKind.Unavailable, "test.away", "away");
        await using var both = new ChoosingExecutor(processes, containers);
        Assert.Equal("test.away", (await both.FindAsync(default)).Error?.Code);
    }

    private sealed class Recorder(string kind) : IExecutor
    {
        private readonly List<Replica> replicas = [];

        public List<string> Calls { get; } = [];

        public Error? Failure { get; set; }

        public string Kind => kind;

        public Task<Result<Replica>> StartAsync(ReplicaSpec spec, CancellationToken ct)
        {
            Calls.Add($"start {spec.Name}");
            var replica = new Replica
            {
                Id = new($"7/{spec.Name}"),
                Name = spec.Name,
                Token = spec.Token,
                StartedAt = DateTimeOffset.UnixEpoch,
            };
            replicas.Add(replica);
            return Task.FromResult<Result<Replica>>(replica);
        }

        public Task<Result<IReadOnlyList<Replica>>> FindAsync(CancellationToken ct) =>
            Task.FromResult(Failure ?? Result.Ok<IReadOnlyList<Replica>>(replicas));

        public Task<ReplicaExit> WaitAsync(ReplicaId id, CancellationToken ct)
        {
            Calls.Add($"wait {id}");
            return Task.FromResult(new ReplicaExit(ReplicaCause.Exited, 0, "", DateTimeOffset.UnixEpoch));
        }

        public IAsyncEnumerable<ReplicaLine> LogsAsync(ReplicaId id, long after, bool follow, CancellationToken ct)
        {
            Calls.Add($"logs {id}");
            return AsyncEnumerable.Empty<ReplicaLine>();
        }

        public Task<Result<ReplicaUsage>> MeasureAsync(ReplicaId id, CancellationToken ct)
        {
            Calls.Add($"measure {id}");
            return Task.FromResult<Result<ReplicaUsage>>(new ReplicaUsage(TimeSpan.FromSeconds(1), 1));
        }

        public Task<Result<Unit>> StopAsync(ReplicaId id, CancellationToken ct) => Done($"stop {id}");

        public Task<Result<Unit>> RemoveAsync(ReplicaId id, CancellationToken ct) => Done($"remove {id}");

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private Task<Result<Unit>> Done(string call)
        {
            Calls.Add(call);
            return Task.FromResult<Result<Unit>>(Unit.Value);
        }
    }
}
