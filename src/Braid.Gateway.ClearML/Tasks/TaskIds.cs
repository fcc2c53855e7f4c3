using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Tasks;

internal static class TaskIds
{
    /// <summary>The run that a request names; what is no id at all is as unknown as an id of nothing.</summary>
    public static RunId Task(this Fields fields, string name = "task")
    {
        var text = fields.RequiredText(name);
        if (!RunId.TryParse(text, out var id) && fields.Problem is null)
        {
            fields.Refuse(Errors.NoSuchTask(text));
        }

        return id;
    }

    /// <summary>Null, or an empty text, is no run.</summary>
    public static RunId? OptionalTask(this Fields fields, string name) =>
        string.IsNullOrEmpty(fields.Text(name)) ? null : fields.Task(name);

    /// <summary>The ids of a list that are ids at all; null when there is no list.</summary>
    public static IReadOnlyList<RunId>? Tasks(this Fields fields, string name) => fields.Ids(name, id => new RunId(id));
}
