using System.Collections.Concurrent;
using Braid.Primitives;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Kinds;

/// <summary>What workloads are, read from their specs once: a spec never changes.</summary>
internal sealed class Works
{
    private readonly ConcurrentDictionary<RunId, IWork> known = new();

    public static Result<IWork> Of(string name, WorkloadSpec spec) =>
        spec.Manifest is { } manifest ? TrainingWork.Of(manifest).Select(work => (IWork)work)
        : SpecFault.Of(spec) is { } fault ? Errors.BadWorkload(name, fault)
        : Result.Ok<IWork>(new PlainWork(spec));

    /// <summary>Its programs would see folders of the machines that they run on.</summary>
    public static bool NamesFoldersOfMachines(string name, WorkloadSpec spec) =>
        spec.Volumes.Count > 0 || Of(name, spec).Value is TrainingWork { HasFoldersOfMachines: true };

    public IWork Of(WorkloadRow row) =>
        known.GetOrAdd(row.Id, static (_, row) => Of(row.Name, row.ReadSpec()).Value, row);

    /// <summary>Forgets all but these.</summary>
    public void Keep(IReadOnlySet<RunId> live)
    {
        foreach (var id in known.Keys.Where(id => !live.Contains(id)))
        {
            known.TryRemove(id, out _);
        }
    }
}
