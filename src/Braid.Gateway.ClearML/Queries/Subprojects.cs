using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Queries;

/// <summary>
/// <c>include_subprojects</c>: the values of <c>project</c> are then roots of subtrees, and no longer values of a field.
/// </summary>
/// <param name="Roots">Null when projects are not asked for so.</param>
internal sealed record Subprojects(IReadOnlyList<ProjectId>? Roots)
{
    private const string project = "project";

    /// <summary>The field that is no condition; null when it is one.</summary>
    public string? Field => Roots is null ? null : project;

    public static Subprojects Read(Fields fields) =>
        new(fields.Flag("include_subprojects") == true ? fields.Ids(project, id => new ProjectId(id)) : null);
}
