using System.Runtime.CompilerServices;
using Braid.Compute.Containers.Engine;
using Braid.Compute.Executors;
using Braid.Primitives;

namespace Braid.Compute.Containers;

/// <summary>
/// Runs replicas as containers of Docker or Podman. All that is known of them is the engine's: a container outlives its agent, and the
/// next executor of the same owner finds it by its labels. Its name is its owner's and its replica's, so the engine itself refuses a second one.
/// </summary>
public sealed class ContainerExecutor : IExecutor
{
    private const int mostTries = 10;
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(100);

    private readonly EngineClient engine;
    private readonly ContainerOptions options;
    private readonly TimeProvider clock;
    private readonly bool isPodman;
    private readonly Images images;
    private readonly ContainerNetworks networks;
    private readonly EndMarks marks;
    private readonly ContainerView view;
    private readonly TimeLimits limits;

    private ContainerExecutor(
        EngineClient engine,
        bool isPodman,
        ContainerOptions options,
        TimeProvider clock,
        Action<string, Exception> failed
    )
    {
        this.engine = engine;
        this.isPodman = isPodman;
        this.options = options;
        this.clock = clock;
        images = new(engine, options.Logins);
        networks = new(engine, options.Owner);
        marks = new(Path.Combine(options.Folder, "ends"));
        view = new(marks);
        limits = new(engine, marks, clock, failed);
    }

    public string Kind => isPodman ? "podman" : "docker";

    /// <summary>Finds the engine; an error that says why there is none to be used.</summary>
    /// <param name="failed">Told when the loop that watches time limits fails: its name, and why.</param>
    public static async Task<Result<ContainerExecutor>> OpenAsync(
        ContainerOptions options,
        TimeProvider clock,
        Action<string, Exception> failed,
        CancellationToken ct
    )
    {
        if (ReplicaSpecCheck.WhyNotOwner(options.Owner) is { } bad)
        {
            return bad;
        }

        var engine = new EngineClient(options.Socket);
        var negotiated = await engine.NegotiateAsync(ct);
        if (negotiated.TryGet(out var version, out var error))
        {
            return new ContainerExecutor(engine, version.IsPodman, options, clock, failed);
        }

        engine.Dispose();
        return error;
    }

    /// <summary>
    /// 1 What can be seen from here is checked, and the image fetched; 2 the container of that name is looked at: this placement's is the
    /// answer, an older one's is removed; 3 it is made, unless somebody was faster: then 2 again; 4 it is started.
    /// </summary>
    public async Task<Result<Replica>> StartAsync(ReplicaSpec spec, CancellationToken ct)
    {
        // 1
        if (WhyNot(spec) is { } refused)
        {
            return refused;
        }

        if ((await images.EnsureAsync(spec.Image, spec.Pull, ct)).Error is { } noImage)
        {
            return noImage;
        }

        for (var tries = 0; tries < mostTries; tries++)
        {
            if (tries > 1)
            {
                // Engines keep a name for somebody some time before they show the container.
                await Task.Delay(pause * tries, clock, ct);
            }

            if (!(await StepAsync(spec, ct)).TryGet(out var started, out var error))
            {
                return error;
            }

            if (started is not null)
            {
                return started;
            }
        }

        return Errors.CannotStart(spec.Name, $"somebody else makes and removes the container {NameOf(spec)}");
    }

    public async Task<Result<IReadOnlyList<Replica>>> FindAsync(CancellationToken ct)
    {
        var filter = Uri.EscapeDataString($$"""{"label":["{{ContainerLabels.Owner}}={{options.Owner}}"]}""");
        var listed = await engine.GetAsync(
            $"/containers/json?all=1&filters={filter}",
            EngineJson.Default.ListListedContainer,
            ct
        );
        if (!listed.TryGet(out var containers, out var error))
        {
            return error;
        }

        var found = new List<Replica>();
        foreach (var container in containers)
        {
            var inspected = await InspectAsync(container.Id, ct);
            if (inspected.TryGet(out var details, out error))
            {
                found.Add(See(details));
            }
            else if (error.Kind != ErrorKind.NotFound)
            {
                return error;
            }
        }

        found.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
        return found;
    }

    public async Task<ReplicaExit> WaitAsync(ReplicaId id, CancellationToken ct)
    {
        var patience = new EnginePatience(engine, clock);
        var wasAway = false;
        while (true)
        {
            var waited = await engine.PostAsync($"/containers/{id}/wait", null, EngineJson.Default.ContainerWait, ct);
            wasAway |= waited.Error is { Kind: ErrorKind.Unavailable };
            var inspected = await InspectAsync(id.Value, ct);
            if (inspected.Error is { Kind: ErrorKind.NotFound })
            {
                return ReplicaExit.Lost("it is not in its engine (any more)", clock.GetUtcNow());
            }

            if (inspected.TryGet(out var details, out _) && Judge(details, wasAway) is { } exit)
            {
                return exit;
            }

            await patience.WaitAsync(waited.IsOk && inspected.IsOk, ct);
        }
    }

    public async IAsyncEnumerable<ReplicaLine> LogsAsync(
        ReplicaId id,
        long after,
        bool follow,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var patience = new EnginePatience(engine, clock);
        var log = new ContainerLog(engine, id.Value);
        while (true)
        {
            var inspected = await InspectAsync(id.Value, ct);
            if (inspected.Error is { Kind: not ErrorKind.Unavailable })
            {
                yield break;
            }

            Error? error = inspected.Error;
            var hasEnded = inspected.TryGet(out var details, out _) && view.ExitOf(details) is not null;
            if (error is null)
            {
                // Engines may end a log that is followed before its last lines: those are read when the container has ended.
                await foreach (
                    var line in log.ReadAsync(after, follow && !hasEnded, hasEnded, ended => error = ended, ct)
                )
                {
                    after = line.Number;
                    yield return line;
                }
            }

            if (error is null && (hasEnded || !follow))
            {
                yield break;
            }

            await patience.WaitAsync(error is null, ct);
        }
    }

    public async Task<Result<ReplicaUsage>> MeasureAsync(ReplicaId id, CancellationToken ct)
    {
        var asked = await engine.GetAsync(
            $"/containers/{id}/stats?stream=false&one-shot=true",
            EngineJson.Default.ContainerStats,
            ct
        );
        // Engines answer zeros for a container that has ended.
        return asked.Then(stats => stats.ToUsage() is { } usage ? usage : (Result<ReplicaUsage>)Errors.NotRunning(id));
    }

    public async Task<Result<Unit>> StopAsync(ReplicaId id, CancellationToken ct)
    {
        var inspected = await InspectAsync(id.Value, ct);
        if (!inspected.TryGet(out var details, out var error))
        {
            return error.Kind == ErrorKind.NotFound ? Unit.Value : error;
        }

        if (view.ExitOf(details) is not null)
        {
            return Unit.Value;
        }

        marks.Set(id.Value, ReplicaCause.Stopped);
        // The engine sends the container's stop signal, waits for the container's grace, and kills.
        var stopped = await engine.DoAsync(HttpMethod.Post, $"/containers/{id}/stop", ct);
        return stopped.Error is { Kind: not ErrorKind.NotFound } refused ? refused : Unit.Value;
    }

    public async Task<Result<Unit>> RemoveAsync(ReplicaId id, CancellationToken ct)
    {
        var inspected = await InspectAsync(id.Value, ct);
        if (!inspected.TryGet(out var details, out var error))
        {
            return error.Kind == ErrorKind.NotFound ? Unit.Value : error;
        }

        return await ForgetAsync(details, ct);
    }

    /// <summary>Containers go on.</summary>
    public async ValueTask DisposeAsync()
    {
        await limits.DisposeAsync();
        engine.Dispose();
    }

    private string NameOf(ReplicaSpec spec) => $"braid-{options.Owner}-{spec.Name}";

    private Error? WhyNot(ReplicaSpec spec) =>
        ReplicaSpecCheck.WhyNot(spec)
        ?? ReplicaSpecCheck.MissingSource(spec)
        ?? (
            spec.Image.Length == 0 ? Errors.NoImageNamed(spec.Name)
            : isPodman && spec.Gpus.Count > 0
                ? Errors.NoGpus(spec.Name, "Podman's API, as far as it is Docker's, gives containers none")
            : null
        );

    /// <summary>Null: somebody else was here in between, so look again.</summary>
    private async Task<Result<Replica?>> StepAsync(ReplicaSpec spec, CancellationToken ct)
    {
        // 2
        var inspected = await InspectAsync(NameOf(spec), ct);
        if (inspected.TryGet(out var details, out var error))
        {
            var here = view.Of(details);
            return here.Token == spec.Token ? await RunAsync(spec, details, ct)
                : here.Token > spec.Token ? Errors.StaleToken(spec.Name, spec.Token, here.Token)
                : (await ForgetAsync(details, ct)).Select(_ => (Replica?)null);
        }

        if (error.Kind != ErrorKind.NotFound)
        {
            return error;
        }

        // 3
        var ensured = await networks.EnsureAsync(spec.Network, ct);
        if (!ensured.TryGet(out var network, out error))
        {
            return error.Kind == ErrorKind.Unavailable ? error : Errors.CannotStart(spec.Name, error.Message);
        }

        var created = await engine.PostAsync(
            $"/containers/create?name={NameOf(spec)}",
            EngineClient.Json(
                ContainerRequest.Of(spec, options.Owner, network, isPodman),
                EngineJson.Default.NewContainer
            ),
            EngineJson.Default.CreatedContainer,
            ct
        );
        return created.Error is not { } refusal || refusal.Kind == ErrorKind.Conflict ? (Replica?)null
            : refusal.Kind == ErrorKind.Unavailable ? refusal
            : Errors.CannotStart(spec.Name, refusal.Message);
    }

    /// <summary>Starts this placement's container, if that was not done yet.</summary>
    private async Task<Result<Replica?>> RunAsync(ReplicaSpec spec, ContainerDetails container, CancellationToken ct)
    {
        if (container.State.Status is not ("created" or "configured") || ContainerView.IsNotRunnable(container.State))
        {
            return See(container);
        }

        // 4
        var started = await engine.DoAsync(HttpMethod.Post, $"/containers/{container.Id}/start", ct);
        var inspected = await InspectAsync(container.Id, ct);
        if (!inspected.TryGet(out var details, out var error))
        {
            return error.Kind == ErrorKind.NotFound ? (Replica?)null : error;
        }

        if (started.IsOk || ContainerView.IsNotRunnable(details.State))
        {
            return See(details);
        }

        return started.Error.Kind == ErrorKind.Unavailable
            ? started.Error
            : await GiveUpAsync(spec, details, started.Error, ct);
    }

    /// <summary>The engine could not start it, for a reason that is not the program's: nothing of it stays, and it may be tried again.</summary>
    private async Task<Result<Replica?>> GiveUpAsync(
        ReplicaSpec spec,
        ContainerDetails container,
        Error why,
        CancellationToken ct
    )
    {
        var removed = await ForgetAsync(container, ct);
        if (!removed.IsOk)
        {
            return removed.Error;
        }

        var isNetworkGone = why.Kind == ErrorKind.NotFound && spec.Network.Group.Length > 0;
        return isNetworkGone ? (Replica?)null
            : spec.Gpus.Count > 0 ? Errors.NoGpus(spec.Name, $"the engine gives none ({why.Message})")
            : Errors.CannotStart(spec.Name, why.Message);
    }

    private Task<Result<ContainerDetails>> InspectAsync(string container, CancellationToken ct) =>
        engine.GetAsync($"/containers/{container}/json", EngineJson.Default.ContainerDetails, ct);

    private Replica See(ContainerDetails container)
    {
        var replica = view.Of(container);
        limits.Watch(container, replica.Exit);
        return replica;
    }

    /// <summary>An engine that goes away ends its containers, unless they live on; what ended by such a signal meanwhile is its doing.</summary>
    private ReplicaExit? Judge(ContainerDetails container, bool wasAway)
    {
        var exit = view.ExitOf(container);
        if (wasAway && exit is { Cause: ReplicaCause.Signalled })
        {
            marks.Set(container.Id, ReplicaCause.Lost);
            return view.ExitOf(container);
        }

        return exit;
    }

    private async Task<Result<Unit>> ForgetAsync(ContainerDetails container, CancellationToken ct)
    {
        var removed = await engine.DoAsync(HttpMethod.Delete, $"/containers/{container.Id}?force=1&v=1", ct);
        if (removed.Error is { Kind: not (ErrorKind.NotFound or ErrorKind.Conflict) } refused)
        {
            return refused;
        }

        limits.Forget(container.Id);
        marks.Forget(container.Id);
        return container.Config.Labels?.TryGetValue(ContainerLabels.Group, out var group) ?? false
            ? await networks.ReleaseAsync(group!, ct)
            : Unit.Value;
    }
}
