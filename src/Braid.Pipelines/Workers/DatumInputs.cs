using Braid.Data.Naming;
using Braid.Pipelines.Planning;
using Braid.Pipelines.Specs;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Workers;

/// <summary>What a datum reads.</summary>
/// <param name="Leaves">Of the spec's input.</param>
/// <param name="Reads">The commit that each leaf reads, and its tree; leaves that read none are left out.</param>
/// <param name="Matches">What the datum has of them.</param>
internal sealed record DatumInputs(
    IReadOnlyList<Input.Leaf> Leaves,
    IReadOnlyDictionary<int, (CommitName Commit, TreeRoot Root)> Reads,
    IReadOnlyList<LeafMatch> Matches
)
{
    /// <summary>The variables that tell a program where its inputs are and what brought them together.</summary>
    public IEnumerable<KeyValuePair<string, string>> Variables()
    {
        foreach (var match in Matches)
        {
            var name = Leaves[match.Leaf].Name;
            yield return new(name, match.Path == "/" ? $"/pfs/{name}" : $"/pfs/{name}{match.Path}");
            yield return new($"{name}_COMMIT", $"{Reads[match.Leaf].Commit.Id}");
            if (match.JoinOn.Length > 0)
            {
                yield return new($"PACH_DATUM_{name}_JOIN_ON", match.JoinOn);
            }

            if (match.GroupBy.Length > 0)
            {
                yield return new($"PACH_DATUM_{name}_GROUP_BY", match.GroupBy);
            }
        }
    }
}
