using System.Text.Json;
using System.Text.Json.Serialization;

namespace Braid.TrainingJobs.Manifests;

/// <summary>A part of a manifest. Fields that are not in the model are carried, and come back when it is written.</summary>
public abstract record Carrier
{
    private protected Carrier() { }

    [JsonInclude, JsonExtensionData]
    internal Dictionary<string, JsonElement>? Others { get; set; }
}
