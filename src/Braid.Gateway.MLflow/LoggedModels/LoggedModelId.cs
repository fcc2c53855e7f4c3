using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;

namespace Braid.Gateway.MLflow.LoggedModels;

/// <summary>A logged model's id: <c>m-</c> and the model's 32 digits.</summary>
internal static class LoggedModelId
{
    private const string prefix = "m-";

    public static string Of(ModelId id) => $"{prefix}{id}";

    public static bool TryParse(string? text, out ModelId id)
    {
        id = default;
        return text is not null
            && text.StartsWith(prefix, StringComparison.Ordinal)
            && ModelId.TryParse(text[prefix.Length..], out id);
    }

    /// <summary>The required <c>model_id</c>; what is not shaped like one is the id of no model.</summary>
    public static ModelId Required(Fields fields)
    {
        var text = fields.Required("model_id");
        if (text.Length > 0 && !TryParse(text, out _))
        {
            fields.Refuse(Errors.NotFound(NoModel(text)));
        }

        return TryParse(text, out var id) ? id : default;
    }

    public static string NoModel(string id) => $"Logged model with ID '{id}' not found.";
}
