using System.Text.Json;
using System.Text.Json.Serialization;
using Braid.Testing;

namespace Braid.Scoring.Tests.Recorded;

/// <summary>A request to MLflow's own scoring server, and what it answered.</summary>
/// <param name="Model">A folder of <c>Models/</c>.</param>
internal sealed record RecordedAnswer(string Model, string Method, string Path, int Status, string Answer)
{
    public string? Type { get; init; }

    public string? Body { get; init; }

    /// <summary>Packages without which the model does not give this answer.</summary>
    public string? Needs { get; init; }

    public string? AnswerType { get; init; }

    /// <summary>The answer here, where it is meant to be another.</summary>
    public OwnAnswer? Ours { get; init; }

    public static IReadOnlyList<RecordedAnswer> All { get; } =
    [
        .. File.ReadLines(Repository.PathOf("tests", "Braid.Scoring.Tests", "Recorded", "answers-3.3.jsonl"))
            .Select(line => JsonSerializer.Deserialize(line, RecordedJson.Default.RecordedAnswer)!),
    ];
}

/// <summary>An answer that is not MLflow's.</summary>
/// <param name="Why">What is better so.</param>
internal sealed record OwnAnswer(string Why, int Status, string Answer);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RecordedAnswer))]
internal sealed partial class RecordedJson : JsonSerializerContext;
