using Braid.Data.Naming;
using Braid.Data.Propagation;

namespace Braid.Data.Tests.Propagation;

public sealed class PlanTests
{
    private static readonly HashSet<long> none = [];
    private static readonly HashSet<RepoName> noRepos = [];

    [Fact]
    public void What_follows_from_a_move_is_made_upstream_first()
    {
        // montage reads images and edges; edges reads images.
        var plan = PropagationPlanner
            .Plan([Node(3, 1, 2), Node(2, 1), Node(1)], new HashSet<long> { 1 }, none, noRepos)
            .Value;
        Assert.Equal([2L, 3L], plan.Select(commit => commit.Branch.Id));
        Assert.Equal([1L, 2L], plan[1].Upstream);
    }

    [Fact]
    public void An_edge_that_never_propagates_stops_a_move()
    {
        var lazy = new BranchNode(2, Name(2), 7, false, [new(1, Never: true)]);
        Assert.Empty(
            PropagationPlanner.Plan([Node(1), lazy, Node(3, 2)], new HashSet<long> { 1 }, none, noRepos).Value
        );
    }

    [Fact]
    public void A_branch_that_came_to_depend_on_others_is_made_although_nothing_moved()
    {
        var plan = PropagationPlanner.Plan([Node(2, 1), Node(3, 2)], none, new HashSet<long> { 2 }, noRepos).Value;
        Assert.Equal([2L, 3L], plan.Select(commit => commit.Branch.Id));
    }

    [Fact]
    public void Two_commits_of_one_repo_in_a_set_are_refused()
    {
        var other = Node(3, 1) with { Name = new(Name(2).Repo, "other") };
        var plan = PropagationPlanner.Plan([Node(1), Node(2, 1), other], new HashSet<long> { 1 }, none, noRepos);
        Assert.Equal("data.two-commits-of-repo", plan.Error?.Code);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Any_graph_gets_what_the_naive_model_says(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 400; round++)
        {
            var graph = RandomGraph(random, size: random.Next(1, 12));
            var moved = graph.Where(_ => random.Next(4) == 0).Select(node => node.Id).ToHashSet();
            var rebuilt = graph.Where(_ => random.Next(8) == 0).Select(node => node.Id).ToHashSet();

            var plan = PropagationPlanner.Plan(graph, moved, rebuilt, noRepos).Value;

            Assert.Equal(Naive(graph, moved, rebuilt), plan.Select(commit => commit.Branch.Id).ToHashSet());
            AssertUpstreamFirst(plan);
        }
    }

    /// <summary>Marks branches until nothing changes any more.</summary>
    private static HashSet<long> Naive(List<BranchNode> graph, HashSet<long> moved, HashSet<long> rebuilt)
    {
        var made = new HashSet<long>();
        bool changed;
        do
        {
            changed = false;
            foreach (var node in graph)
            {
                var fed = node.Upstream.Any(e => !e.Never && (moved.Contains(e.Upstream) || made.Contains(e.Upstream)));
                var due = fed || rebuilt.Contains(node.Id);
                if (due && node.Upstream.Count > 0 && !node.HeadInSet && !moved.Contains(node.Id))
                {
                    changed |= made.Add(node.Id);
                }
            }
        } while (changed);

        return made;
    }

    private static void AssertUpstreamFirst(IReadOnlyList<PlannedCommit> plan)
    {
        var place = plan.Select((commit, at) => (commit.Branch.Id, at)).ToDictionary();
        foreach (var commit in plan)
        {
            Assert.All(
                commit.Upstream.Where(place.ContainsKey),
                upstream => Assert.True(place[upstream] < place[commit.Branch.Id])
            );
        }
    }

    /// <summary>Edges lead from higher to lower numbers, so there is no cycle; the list is shuffled.</summary>
    private static List<BranchNode> RandomGraph(Random random, int size)
    {
        var graph = new List<BranchNode>();
        for (var id = 1; id <= size; id++)
        {
            var upstream = Enumerable.Range(1, id - 1).Where(_ => random.Next(3) == 0);
            var edges = upstream.Select(up => new ProvenanceEdge(up, random.Next(5) == 0)).ToArray();
            graph.Add(new(id, Name(id), id * 10, random.Next(10) == 0, edges));
        }

        return [.. graph.OrderBy(_ => random.Next())];
    }

    private static BranchNode Node(long id, params long[] upstream) =>
        new(id, Name(id), id * 10, false, [.. upstream.Select(up => new ProvenanceEdge(up, false))]);

    private static BranchName Name(long id) => new(new("default", $"r{id}"), "master");
}
