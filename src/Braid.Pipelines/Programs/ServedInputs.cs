using Braid.Compute.Processes;
using Braid.Pipelines.Workers;
using Braid.Pipelines.Workers.Inputs;

namespace Braid.Pipelines.Programs;

/// <summary>Lays the one datum of a service out for its program.</summary>
internal sealed class ServedInputs(InputMaterialiser materialiser)
{
    /// <summary>Writes the datum's files below a folder; where each input is to appear.</summary>
    public async Task<IReadOnlyList<Mount>> LayOutAsync(DatumInputs inputs, string folder, CancellationToken ct)
    {
        // A service opens its files again and again, so a pipe that is filled once is nothing for it.
        var whole = inputs with
        {
            Leaves = [.. inputs.Leaves.Select(leaf => leaf with { Lazy = false })],
        };
        await materialiser.LayOutAsync(whole, new(Directory.CreateDirectory(folder).FullName), ct);
        return
        [
            .. inputs
                .Matches.Select(match => inputs.Leaves[match.Leaf].Name)
                .Distinct()
                .Select(name => new Mount(Path.Combine(folder, name), $"/pfs/{name}", Writable: false)),
        ];
    }
}
