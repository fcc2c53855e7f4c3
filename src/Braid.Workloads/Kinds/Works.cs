using System.Collections.Concurrent;
using System.Text.Json;
using Braid.Primitives;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Kinds;

/// <summary>What workloads are, read from their specs once. A spec never changes; a run that is queued again is new work.</summary>
internal sealed class Works
{
    private readonly ConcurrentDictionary<(RunId Id, DateTimeOffset Created), IWork> known = new();

    public static Result<IWork> Of(string name, WorkloadSpec spec) =>
        spec.Manifest is { } manifest ? TrainingWork.Of(manifest, spec).Select(work => (IWork)work)
        : spec.Kind is WorkloadKind.Queued ? Result.Ok<IWork>(new QueuedWork(name, spec))
        : SpecFault.Of(spec) is { } fault ? Errors.BadWorkload(name, fault)
        : Result.Ok<IWork>(new PlainWork(spec));

    /// <summary>Its programs would see folders of the machines that they run on.</summary>
    public static bool NamesFoldersOfMachines(string name, WorkloadSpec spec) =>
        spec.Volumes.Count > 0 || Of(name, spec).Value is TrainingWork { HasFoldersOfMachines: true };

    public IWork Of(WorkloadRow row) =>
        known.GetOrAdd((row.Id, row.Created), static (_, row) => Of(row.Name, row.ReadSpec()).Value, row);

    /// <summary>Null when its spec cannot be read.</summary>
    public IWork? Find(WorkloadRow row)
    {
        try
        {
            return Of(row);
        }
        catch (Exception error) when (error is JsonException or InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Forgets all but these.</summary>
    public void Keep(IReadOnlySet<RunId> live)
    {
        foreach (var key in known.Keys.Where(key => !live.Contains(key.Id)))
        {
            known.TryRemove(key, out _);
        }
    }
}
