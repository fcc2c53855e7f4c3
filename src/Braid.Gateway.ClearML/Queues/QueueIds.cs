using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Queues;

internal static class QueueIds
{
    /// <summary>The queue that a request names; what is no id at all (clients try names, too) is as unknown as an id of nothing.</summary>
    public static QueueId Queue(this Fields fields, string name = "queue")
    {
        var text = fields.RequiredText(name);
        if (!QueueId.TryParse(text, out var id) && fields.Problem is null)
        {
            fields.Refuse(Errors.NoSuchQueue(text));
        }

        return id;
    }

    /// <summary>Null, or an empty text, is no queue.</summary>
    public static QueueId? OptionalQueue(this Fields fields, string name = "queue") =>
        string.IsNullOrEmpty(fields.Text(name)) ? null : fields.Queue(name);

    /// <summary>The queues of a list, each of which must be an id; null when there is no list.</summary>
    public static IReadOnlyList<QueueId>? Queues(this Fields fields, string name)
    {
        if (!fields.Has(name))
        {
            return null;
        }

        var ids = new List<QueueId>();
        foreach (var text in fields.Names(name))
        {
            if (QueueId.TryParse(text, out var id))
            {
                ids.Add(id);
            }
            else
            {
                fields.Refuse(Errors.NoSuchQueue(text));
            }
        }

        return ids;
    }
}
