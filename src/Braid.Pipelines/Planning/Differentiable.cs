using Braid.Pipelines.Specs;

namespace Braid.Pipelines.Planning;

/// <summary>
/// Tells whether an input's datums can be known from the difference of its trees. They cannot where two parts of a union may
/// give the same datum and one of them may lose it while its files are there: a join or a group loses datums when others' files
/// change.
/// </summary>
internal static class Differentiable
{
    public static bool Is(Input input) => input.All.OfType<Input.Union>().All(IsUnion);

    private static bool IsUnion(Input.Union union) =>
        !union.All.Any(part => part is Input.Join or Input.Group)
        || union
            .Inputs.SelectMany(part => part.Leaves.Select(IdentityOf).Distinct())
            .GroupBy(i => i)
            .All(g => g.Count() == 1);

    private static (string, string, string, string, string) IdentityOf(Input.Leaf leaf) =>
        (leaf.Name, leaf.Project, leaf.Repo, leaf.RepoType, leaf.Branch);
}
