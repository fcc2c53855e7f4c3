using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Models;

internal static class ModelIds
{
    /// <summary>The model that a request names; what is no id at all is as unknown as an id of nothing.</summary>
    public static ModelId Model(this Fields fields, string name)
    {
        var text = fields.RequiredText(name);
        if (!ModelId.TryParse(text, out var id))
        {
            fields.Refuse(Errors.NoSuchModel(text));
        }

        return id;
    }

    /// <summary>Null, or an empty text, is no model.</summary>
    public static ModelId? OptionalModel(this Fields fields, string name) =>
        string.IsNullOrEmpty(fields.Text(name)) ? null : fields.Model(name);
}
