using Braid.Protos.Pps;

namespace Braid.Cli.Drawing;

/// <summary>A box of the picture.</summary>
/// <param name="Name">As the picture shows it: with its project when that is not the current one.</param>
/// <param name="Pipeline">Null for a repo that no pipeline fills.</param>
internal sealed record DagNode(string Name, PipelineInfo? Pipeline);

/// <summary>What reads what: pipelines, and the repos that they read.</summary>
internal sealed class Dag
{
    private readonly Dictionary<string, DagNode> nodes = [];
    private readonly List<(string From, string To)> edges = [];

    public IReadOnlyCollection<DagNode> Nodes => nodes.Values;

    /// <summary>From what is read to what reads it; each once.</summary>
    public IReadOnlyList<(string From, string To)> Edges => edges;

    /// <param name="pipelines">The pipelines, with details.</param>
    /// <param name="current">The project whose name need not be said.</param>
    public static Dag Of(IReadOnlyList<PipelineInfo> pipelines, string current)
    {
        var dag = new Dag();
        foreach (var pipeline in pipelines)
        {
            var name = NameOf(pipeline.Pipeline.Project?.Name, pipeline.Pipeline.Name, current);
            dag.nodes[name] = new(name, pipeline);
        }

        foreach (var pipeline in pipelines)
        {
            var project = pipeline.Pipeline.Project?.Name ?? "";
            dag.Read(pipeline.Details?.Input, NameOf(project, pipeline.Pipeline.Name, current), project, current);
        }

        return dag;
    }

    /// <summary>The part that leads to a node or comes from it.</summary>
    public Dag Around(string name)
    {
        var kept = Reached(name, edge => edge.From, edge => edge.To);
        kept.UnionWith(Reached(name, edge => edge.To, edge => edge.From));
        var part = new Dag();
        foreach (var node in Nodes.Where(node => kept.Contains(node.Name)))
        {
            part.nodes[node.Name] = node;
        }

        part.edges.AddRange(edges.Where(edge => kept.Contains(edge.From) && kept.Contains(edge.To)));
        return part;
    }

    private void Read(Input? input, string reader, string project, string current)
    {
        foreach (var (from, repo) in Leaves(input))
        {
            var name = NameOf(from.Length > 0 ? from : project, repo, current);
            nodes.TryAdd(name, new(name, null));
            if (!edges.Contains((name, reader)))
            {
                edges.Add((name, reader));
            }
        }
    }

    private static IEnumerable<(string Project, string Repo)> Leaves(Input? input) =>
        input switch
        {
            null => [],
            { Pfs: { } pfs } => [(pfs.Project, pfs.Repo)],
            { Cron: { } cron } => [(cron.Project, cron.Repo)],
            _ => input.Cross.Concat(input.Join).Concat(input.Union).Concat(input.Group).SelectMany(Leaves),
        };

    private HashSet<string> Reached(
        string start,
        Func<(string From, string To), string> here,
        Func<(string From, string To), string> there
    )
    {
        var reached = new HashSet<string> { start };
        var open = new Stack<string>(reached);
        while (open.TryPop(out var name))
        {
            foreach (var edge in edges.Where(edge => here(edge) == name && reached.Add(there(edge))))
            {
                open.Push(there(edge));
            }
        }

        return reached;
    }

    private static string NameOf(string? project, string name, string current) =>
        project is null or "" || project == current ? name : $"{project}/{name}";
}
