using System.Text.Json.Serialization;

namespace Braid.Gateway.Web.Keys;

/// <summary>The question of <c>POST /api/keys</c>.</summary>
/// <param name="Label">What the pair is for.</param>
internal sealed record NewKeyBody(string? Label = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NewKeyBody))]
internal sealed partial class KeyBodies : JsonSerializerContext;
