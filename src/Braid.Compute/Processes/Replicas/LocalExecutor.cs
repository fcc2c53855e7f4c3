using System.ComponentModel;
using System.Runtime.CompilerServices;
using Braid.Compute.Executors;
using Braid.Compute.Users;
using Braid.Primitives;

namespace Braid.Compute.Processes.Replicas;

/// <summary>
/// Runs replicas as processes of this machine, each in a sandbox. 1 A replica gets a folder, with what it is, before it starts;
/// 2 its lines are kept there as they come; 3 how it ended is written there. A process dies with its agent: the next executor on
/// the folder finds the replica, its lines, and that it is lost.
/// </summary>
public sealed class LocalExecutor : IExecutor
{
    private readonly ProcessExecutor processes;
    private readonly string folder;
    private readonly IdSource ids;
    private readonly TimeProvider clock;
    private readonly LoopbackNames names;
    private readonly Dictionary<string, LocalReplica> replicas;
    private readonly SemaphoreSlim gate = new(1, 1);

    private LocalExecutor(
        ProcessExecutor processes,
        string folder,
        IdSource ids,
        TimeProvider clock,
        Dictionary<string, LocalReplica> replicas
    )
    {
        this.processes = processes;
        this.folder = folder;
        this.ids = ids;
        this.clock = clock;
        this.replicas = replicas;
        names = new(folder);
    }

    public string Kind => "process";

    /// <summary>Opens the executor whose replicas are kept in <paramref name="folder"/>, which is its owner's alone.</summary>
    public static LocalExecutor Open(ProcessExecutor processes, string folder, IdSource ids, TimeProvider clock)
    {
        var root = Directory.CreateDirectory(folder).FullName;
        var left = Directory
            .EnumerateDirectories(root)
            .Select(one => LocalReplica.Reopen(new(one), clock))
            .OfType<LocalReplica>()
            .ToDictionary(replica => replica.Name, StringComparer.Ordinal);
        return new(processes, root, ids, clock, left);
    }

    public async Task<Result<Replica>> StartAsync(ReplicaSpec spec, CancellationToken ct)
    {
        if (WhyNot(spec) is { } refused)
        {
            return refused;
        }

        await gate.WaitAsync(ct);
        try
        {
            if (replicas.TryGetValue(spec.Name, out var here))
            {
                if (here.Token >= spec.Token)
                {
                    return here.Token == spec.Token
                        ? await here.DescribeAsync()
                        : Errors.StaleToken(spec.Name, spec.Token, here.Token);
                }

                await ForgetAsync(here);
            }

            return await BeginAsync(spec);
        }
        finally
        {
            gate.Release();
        }
    }

    public async Task<Result<IReadOnlyList<Replica>>> FindAsync(CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            var known = await Task.WhenAll(replicas.Values.Select(replica => replica.DescribeAsync()));
            return known.OrderBy(replica => replica.Name, StringComparer.Ordinal).ToList();
        }
        finally
        {
            gate.Release();
        }
    }

    public async Task<ReplicaExit> WaitAsync(ReplicaId id, CancellationToken ct) =>
        await FindAsync(id, ct) is { } replica
            ? await replica.Exit.WaitAsync(ct)
            : ReplicaExit.Lost("this machine has no such replica", clock.GetUtcNow());

    public async IAsyncEnumerable<ReplicaLine> LogsAsync(
        ReplicaId id,
        long after,
        bool follow,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        if (await FindAsync(id, ct) is { } replica)
        {
            await foreach (var line in replica.Log.ReadAsync(after, follow, ct))
            {
                yield return line;
            }
        }
    }

    public async Task<Result<ReplicaUsage>> MeasureAsync(ReplicaId id, CancellationToken ct) =>
        (await FindAsync(id, ct))?.Use() is { } usage ? usage : Errors.NotRunning(id);

    public async Task<Result<Unit>> StopAsync(ReplicaId id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is { } replica)
        {
            await replica.StopAsync(ct);
        }

        return Unit.Value;
    }

    public async Task<Result<Unit>> RemoveAsync(ReplicaId id, CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            if (replicas.Values.FirstOrDefault(replica => replica.Is(id)) is { } replica)
            {
                await ForgetAsync(replica);
            }

            return Unit.Value;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Processes do not outlive their agent: those that run are killed, and are lost.</summary>
    public async ValueTask DisposeAsync()
    {
        await gate.WaitAsync();
        await Task.WhenAll(replicas.Values.Select(replica => replica.AbandonAsync()));
        gate.Dispose();
    }

    private Error? WhyNot(ReplicaSpec spec)
    {
        if (ReplicaSpecCheck.WhyNot(spec) is { } complaint)
        {
            return complaint;
        }

        if (ReplicaSpecCheck.MissingSource(spec) is { } missing)
        {
            return missing;
        }

        if (spec.Command.Count + spec.Arguments.Count == 0)
        {
            return Errors.NoCommand(spec.Name);
        }

        return spec.Gpus.Count > 0 && !GpuDevices.Any()
            ? Errors.NoGpus(spec.Name, "this machine has no NVIDIA driver (/dev/nvidiactl)")
            : null;
    }

    private async Task<Result<Replica>> BeginAsync(ReplicaSpec spec)
    {
        UserAccount? user = null;
        if (spec.User is { } wanted && !UserAccount.Resolve(wanted).TryGet(out user, out var unknown))
        {
            return unknown;
        }

        var started = new Replica
        {
            Id = new(ids.Next().ToString()),
            Name = spec.Name,
            Token = spec.Token,
            Labels = spec.Labels,
            StartedAt = clock.GetUtcNow(),
            Remarks = Remarks(spec),
        };
        var place = new ReplicaFolder(Path.Combine(folder, started.Id.Value));
        place.Make();
        names.Join(spec, place.Hosts);
        try
        {
            var command = LocalCommand.Of(spec, user, place.Hosts);
            replicas[spec.Name] = await LocalReplica.StartAsync(place, started, spec, processes, command, clock);
            return started;
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            names.Leave(place.Hosts);
            place.Delete();
            return Errors.CannotStart(spec.Name, error.Message);
        }
    }

    private static string[] Remarks(ReplicaSpec spec) =>
        spec.Image.Length == 0
            ? []
            : [$"the image \"{spec.Image}\" was not used: the program ran as a process on this machine's own files"];

    private async Task<LocalReplica?> FindAsync(ReplicaId id, CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            return replicas.Values.FirstOrDefault(replica => replica.Is(id));
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task ForgetAsync(LocalReplica replica)
    {
        await replica.KillAsync();
        names.Leave(replica.Folder.Hosts);
        replica.Delete();
        replicas.Remove(replica.Name);
    }
}
