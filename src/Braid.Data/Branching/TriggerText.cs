using System.Text.Json;
using System.Text.Json.Serialization;

namespace Braid.Data.Branching;

/// <summary>The column form of a trigger.</summary>
internal static class TriggerText
{
    public static Trigger? Read(string? json) =>
        json is null ? null : JsonSerializer.Deserialize(json, TriggerJson.Default.Trigger);

    public static string? Write(Trigger? trigger) =>
        trigger is null ? null : JsonSerializer.Serialize(trigger, TriggerJson.Default.Trigger);
}

[JsonSerializable(typeof(Trigger))]
internal sealed partial class TriggerJson : JsonSerializerContext;
