using System.Text.Json.Serialization;

namespace Braid.Agent.Protocol;

/// <summary>The protocol between agents and server, as JSON.</summary>
[JsonSourceGenerationOptions(
    UseStringEnumConverter = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(NodeRegistration))]
[JsonSerializable(typeof(NodeQuestion))]
[JsonSerializable(typeof(NodeOrders))]
[JsonSerializable(typeof(NodeReport))]
[JsonSerializable(typeof(NodeReportAnswer))]
[JsonSerializable(typeof(NodeLines))]
[JsonSerializable(typeof(NodeLinesAnswer))]
[JsonSerializable(typeof(NodeUsage))]
[JsonSerializable(typeof(NodeUsageAnswer))]
[JsonSerializable(typeof(NodeEventsAnswer))]
[JsonSerializable(typeof(NodeFileAnswer))]
public sealed partial class AgentJson : JsonSerializerContext;
