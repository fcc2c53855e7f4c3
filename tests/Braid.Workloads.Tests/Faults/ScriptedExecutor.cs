using System.Runtime.CompilerServices;
using Braid.Compute.Executors;
using Braid.Primitives;
using Braid.Testing;

namespace Braid.Workloads.Tests.Faults;

/// <summary>Runs programs that do what the test says: they print, and end, when they are told to.</summary>
internal sealed class ScriptedExecutor(TimeProvider clock) : IExecutor
{
    private readonly Lock gate = new();
    private readonly List<Program> programs = [];

    public string Kind => "scripted";

    /// <summary>How many programs were begun in all.</summary>
    public int Begun { get; private set; }

    /// <summary>What it was told to run, in order.</summary>
    public List<ReplicaSpec> Specs { get; } = [];

    /// <summary>What runs now.</summary>
    public IReadOnlyList<string> Running => [.. Here().Where(one => !one.HasEnded).Select(one => one.Name)];

    /// <summary>What is here, ended or not.</summary>
    public int Known => Here().Count;

    /// <summary>The program that runs prints; waits for it to run.</summary>
    public async Task PrintAsync(params string[] lines)
    {
        var program = await NextAsync();
        foreach (var line in lines)
        {
            program.Print(line, clock.GetUtcNow());
        }
    }

    /// <summary>The program that runs ends.</summary>
    public async Task EndAsync(int code) =>
        (await NextAsync()).End(new(ReplicaCause.Exited, code, $"exited with code {code}", clock.GetUtcNow()));

    /// <summary>The agent died, and what it ran with it; its lines are here still.</summary>
    public void Die()
    {
        foreach (var program in Here())
        {
            program.End(new(ReplicaCause.Lost, -1, "was lost: its agent died", clock.GetUtcNow()));
        }
    }

    public Task<Result<Replica>> StartAsync(ReplicaSpec spec, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (gate)
        {
            var here = programs.Find(one => one.Name == spec.Name);
            if (here is not null && here.Token >= spec.Token)
            {
                return Task.FromResult<Result<Replica>>(
                    here.Token == spec.Token
                        ? here.Describe()
                        : new Error(ErrorKind.Conflict, "test.stale", "a later one is here")
                );
            }

            programs.RemoveAll(one => one.Name == spec.Name);
            Begun++;
            Specs.Add(spec);
            var program = new Program(spec, new($"{Begun}"), clock.GetUtcNow());
            programs.Add(program);
            return Task.FromResult<Result<Replica>>(program.Describe());
        }
    }

    public Task<Result<IReadOnlyList<Replica>>> FindAsync(CancellationToken ct) =>
        Task.FromResult(Result.Ok<IReadOnlyList<Replica>>([.. Here().Select(one => one.Describe())]));

    public Task<ReplicaExit> WaitAsync(ReplicaId id, CancellationToken ct) =>
        Find(id) is { } program
            ? program.Exit.WaitAsync(ct)
            : Task.FromResult(new ReplicaExit(ReplicaCause.Lost, -1, "is not here", clock.GetUtcNow()));

    public async IAsyncEnumerable<ReplicaLine> LogsAsync(
        ReplicaId id,
        long after,
        bool follow,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var program = Find(id);
        while (program is not null)
        {
            var (lines, more) = program.Read(after);
            foreach (var line in lines)
            {
                after = line.Number;
                yield return line;
            }

            if (lines.Count == 0 && (more is null || !follow))
            {
                yield break;
            }

            await (lines.Count > 0 || more is null ? Task.CompletedTask : more.WaitAsync(ct));
        }
    }

    /// <summary>What all programs together have used.</summary>
    public TimeSpan CpuTime { get; set; }

    public Task<Result<ReplicaUsage>> MeasureAsync(ReplicaId id, CancellationToken ct) =>
        Task.FromResult<Result<ReplicaUsage>>(
            Find(id) is { HasEnded: false }
                ? new ReplicaUsage(CpuTime, 1 << 20)
                : new Error(ErrorKind.NotFound, "test.ended", "it has ended")
        );

    public Task<Result<Unit>> StopAsync(ReplicaId id, CancellationToken ct)
    {
        Find(id)?.End(new(ReplicaCause.Stopped, 143, "was stopped", clock.GetUtcNow()));
        return Task.FromResult<Result<Unit>>(Unit.Value);
    }

    public Task<Result<Unit>> RemoveAsync(ReplicaId id, CancellationToken ct)
    {
        var program = Find(id);
        program?.End(new(ReplicaCause.Stopped, 137, "was removed", clock.GetUtcNow()));
        lock (gate)
        {
            programs.RemoveAll(one => one.Id == id);
        }

        return Task.FromResult<Result<Unit>>(Unit.Value);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<Program> NextAsync() =>
        Eventually.GetAsync(() => Task.FromResult(Here().LastOrDefault(one => !one.HasEnded)), "a program runs");

    private Program? Find(ReplicaId id) => Here().FirstOrDefault(one => one.Id == id);

    private IReadOnlyList<Program> Here()
    {
        lock (gate)
        {
            return [.. programs];
        }
    }

    private sealed class Program(ReplicaSpec spec, ReplicaId id, DateTimeOffset started)
    {
        private readonly Lock gate = new();
        private readonly List<ReplicaLine> lines = [];
        private readonly TaskCompletionSource<ReplicaExit> exit = NewTask<ReplicaExit>();
        private TaskCompletionSource<bool> more = NewTask<bool>();

        public ReplicaId Id => id;

        public string Name => spec.Name;

        public long Token => spec.Token;

        public Task<ReplicaExit> Exit => exit.Task;

        public bool HasEnded => exit.Task.IsCompleted;

        public Replica Describe() =>
            new()
            {
                Id = id,
                Name = spec.Name,
                Token = spec.Token,
                Labels = spec.Labels,
                StartedAt = started,
                Remarks = spec.Image.Length > 0 ? [$"the image \"{spec.Image}\" was not used"] : [],
                Exit = HasEnded ? exit.Task.GetAwaiter().GetResult() : null,
            };

        public void Print(string text, DateTimeOffset at)
        {
            lock (gate)
            {
                lines.Add(new(lines.Count + 1, at, false, text));
                Tell();
            }
        }

        public void End(ReplicaExit how)
        {
            lock (gate)
            {
                exit.TrySetResult(how);
                Tell();
            }
        }

        /// <returns>Lines, and what completes when there are more; null when there will be none.</returns>
        public (IReadOnlyList<ReplicaLine> Lines, Task? More) Read(long after)
        {
            lock (gate)
            {
                return ([.. lines.Skip((int)after)], HasEnded ? null : more.Task);
            }
        }

        private void Tell()
        {
            more.TrySetResult(true);
            more = NewTask<bool>();
        }

        private static TaskCompletionSource<T> NewTask<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
