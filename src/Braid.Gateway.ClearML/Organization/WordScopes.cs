using Braid.Gateway.ClearML.Queries;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Filters;

namespace Braid.Gateway.ClearML.Organization;

/// <summary>Of which things a request asks for the words: <c>projects</c> (or one <c>project</c>) and what is below, <c>filter</c>.</summary>
internal static class WordScopes
{
    private static readonly Vocabulary filters = new()
    {
        Patterns = new Dictionary<string, Field>(),
        Lists = new Dictionary<string, Listed>
        {
            ["tags"] = Listed.Labels(system: false),
            ["system_tags"] = Listed.Labels(system: true),
        },
        Known = new HashSet<string>(),
    };

    /// <summary>What is wrong with the request is kept in <paramref name="fields"/>.</summary>
    public static WordScope Read(Fields fields)
    {
        var filter = new Fields(fields.Object("filter") ?? []);
        var scope = new WordScope
        {
            Projects = Projects(fields),
            IncludeSubprojects = fields.Flag("include_subprojects") ?? true,
            Where = Condition.Read(filter, filters),
        };
        if (filter.Problem is { } problem)
        {
            fields.Refuse(problem);
        }

        return scope;
    }

    /// <summary>An empty list asks for all.</summary>
    private static IReadOnlyList<ProjectId>? Projects(Fields fields)
    {
        var named = ((string[])["projects", "project"]).Where(name => fields.Names(name).Count > 0).ToList();
        return named.Count == 0 ? null : [.. named.SelectMany(name => fields.Ids(name, id => new ProjectId(id)) ?? [])];
    }
}
