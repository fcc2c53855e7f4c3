using System.Text.Json.Nodes;

namespace Braid.Gateway.ClearML.Replies;

/// <summary>Numbers that JSON has no form for become null.</summary>
internal static class Numbers
{
    public static JsonNode? Of(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
