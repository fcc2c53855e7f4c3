using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Projects;

internal static class ProjectIds
{
    /// <summary>The project that a request names; what is no id at all is as unknown as an id of nothing.</summary>
    public static ProjectId Project(this Fields fields, string name)
    {
        var text = fields.RequiredText(name);
        if (!ProjectId.TryParse(text, out var id))
        {
            fields.Refuse(Errors.NoSuchProject(text));
        }

        return id;
    }

    /// <summary>Null, or an empty text, is no project.</summary>
    public static ProjectId? OptionalProject(this Fields fields, string name) =>
        string.IsNullOrEmpty(fields.Text(name)) ? null : fields.Project(name);
}
