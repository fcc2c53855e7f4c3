namespace Braid.Pipelines.Secrets;

/// <summary>What may be told about a secret: all but its values.</summary>
/// <param name="Type">Kubernetes' word, such as <c>Opaque</c> or <c>kubernetes.io/dockerconfigjson</c>.</param>
public sealed record Secret(string Name, string Type, DateTimeOffset CreatedAt);
