using Braid.Gateway.MLflow.Wire;
using Braid.Tracking.Models;

namespace Braid.Gateway.MLflow.Registry;

/// <summary>The stages of model versions; their names are read in any case.</summary>
internal static class Stages
{
    public static ModelStage? Read(Fields fields, string text)
    {
        if (Enum.GetNames<ModelStage>().Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            return Enum.Parse<ModelStage>(text, ignoreCase: true);
        }

        var valid = string.Join(", ", Enum.GetNames<ModelStage>());
        fields.Refuse(Errors.Invalid($"Invalid Model Version stage: {text}. Value must be one of {valid}."));
        return null;
    }
}
