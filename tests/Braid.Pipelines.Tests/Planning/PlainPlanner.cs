using Braid.Data.Globbing;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Planning;
using Braid.Pipelines.Specs;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Tests.Planning;

/// <summary>What a job knew of a datum when it had ended.</summary>
internal sealed record PlainRecord(Sha256Hash Key, DatumState State, CommitSetId From, string Reason);

/// <summary>A job that has ended, all in memory.</summary>
internal sealed record PlainJob(CommitSetId Set, JobEndKind End, Dictionary<Sha256Hash, PlainRecord> Datums);

internal enum JobEndKind
{
    Success,
    Other,
}

/// <summary>
/// The rules of planning as plainly as they can be written: every entry of every tree is matched, everything is combined, and
/// each datum is looked up in what the jobs before knew.
/// </summary>
internal sealed class PlainPlanner(ContentStore content, PipelineSpec spec, string salt)
{
    private readonly IReadOnlyList<Input.Leaf> leaves = [.. spec.Input.Leaves];

    /// <summary>What each datum reads, by its id.</summary>
    public async Task<Dictionary<Sha256Hash, IReadOnlyList<LeafMatch>>> DatumsAsync(IReadOnlyList<TreeRoot?> roots)
    {
        var matches = new List<List<LeafMatch>>();
        foreach (var (index, leaf) in leaves.Index())
        {
            matches.Add(roots[index] is { } root ? await MatchAsync(index, leaf, root) : []);
        }

        var next = 0;
        var datums = new Dictionary<Sha256Hash, IReadOnlyList<LeafMatch>>();
        foreach (var datum in Combine(spec.Input, matches, ref next))
        {
            datums.TryAdd(DatumKeys.Id(leaves, datum), datum);
        }

        return datums;
    }

    public Sha256Hash KeyOf(Sha256Hash id, IReadOnlyList<LeafMatch> inputs) =>
        DatumKeys.Key(id, leaves, inputs, DatumKeys.Code(spec), salt);

    /// <summary>Null for a datum that has to run; else what it is taken over from.</summary>
    /// <param name="line">The jobs before, newest first.</param>
    public PlainRecord? Decide(Sha256Hash id, IReadOnlyList<LeafMatch> inputs, IReadOnlyList<PlainJob> line)
    {
        var key = KeyOf(id, inputs);
        var last = line.FirstOrDefault(job => job.End == JobEndKind.Success);
        foreach (var job in new[] { line.FirstOrDefault(), last })
        {
            if (job?.Datums.GetValueOrDefault(id) is { } known && known.Key == key)
            {
                return known.State == DatumState.Success ? known : null;
            }
        }

        return null;
    }

    private async Task<List<LeafMatch>> MatchAsync(int index, Input.Leaf leaf, TreeRoot root)
    {
        var glob = Glob.Parse(leaf.Glob).Value;
        var found = new List<LeafMatch>();
        await foreach (var entry in content.WalkAsync(root, "/", null, default))
        {
            if (entry.Files > 0 && glob.TryMatch(entry.Path, out var captures))
            {
                found.Add(
                    new(
                        index,
                        entry.Path == "/" ? "/" : entry.Path.TrimEnd('/'),
                        entry.Kind == EntryKind.Directory,
                        entry.ContentHash,
                        entry.Size,
                        leaf.JoinOn.Replace("$1", captures.ElementAtOrDefault(0) ?? "", StringComparison.Ordinal),
                        leaf.GroupBy.Replace("$1", captures.ElementAtOrDefault(0) ?? "", StringComparison.Ordinal)
                    )
                );
            }
        }

        return found;
    }

    private List<IReadOnlyList<LeafMatch>> Combine(Input input, List<List<LeafMatch>> matches, ref int next)
    {
        if (input is not Input.Combination combination)
        {
            return [.. matches[next++].Select(match => (IReadOnlyList<LeafMatch>)[match])];
        }

        var parts = new List<List<IReadOnlyList<LeafMatch>>>();
        foreach (var part in combination.Inputs)
        {
            parts.Add(Combine(part, matches, ref next));
        }

        return combination switch
        {
            Input.Union => [.. parts.SelectMany(part => part)],
            Input.Cross => Product(parts),
            Input.Join => Join(parts),
            _ => Group(parts),
        };
    }

    private static List<IReadOnlyList<LeafMatch>> Product(IEnumerable<List<IReadOnlyList<LeafMatch>>> parts)
    {
        List<IReadOnlyList<LeafMatch>> product =
        [
            [],
        ];
        foreach (var part in parts)
        {
            product =
            [
                .. product.SelectMany(left => part.Select(right => (IReadOnlyList<LeafMatch>)[.. left, .. right])),
            ];
        }

        return product;
    }

    private List<IReadOnlyList<LeafMatch>> Join(List<List<IReadOnlyList<LeafMatch>>> parts)
    {
        var joined = new List<IReadOnlyList<LeafMatch>>();
        foreach (
            var value in parts.SelectMany(part => part).SelectMany(datum => datum).Select(m => m.JoinOn).Distinct()
        )
        {
            var sides = parts.ConvertAll(part => Of(part, value));
            if (sides.Exists(side => side.Count == 0))
            {
                sides = sides.FindAll(side => side.Count > 0 && leaves[side[0][0].Leaf].OuterJoin);
            }

            joined.AddRange(sides.Count == 0 ? [] : Product(sides));
        }

        return joined;

        static List<IReadOnlyList<LeafMatch>> Of(List<IReadOnlyList<LeafMatch>> part, string value) =>
            [
                .. part.SelectMany(datum => datum)
                    .Where(match => match.JoinOn == value)
                    .Distinct()
                    .Select(match => (IReadOnlyList<LeafMatch>)[match]),
            ];
    }

    private static List<IReadOnlyList<LeafMatch>> Group(List<List<IReadOnlyList<LeafMatch>>> parts)
    {
        var all = parts.SelectMany(part => part).SelectMany(datum => datum).ToList();
        return
        [
            .. all.Select(match => match.GroupBy)
                .Distinct()
                .Select(value => (IReadOnlyList<LeafMatch>)[.. all.Where(match => match.GroupBy == value).Distinct()]),
        ];
    }
}
