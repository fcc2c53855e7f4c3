using System.Text.Json.Serialization;

namespace Braid.Gateway.Web.Versions;

/// <summary>A repo that is to be made.</summary>
internal sealed record NewRepoRecord
{
    public required string Project { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }
}

/// <summary>A project of repos that is to be made.</summary>
internal sealed record NewRepoProjectRecord
{
    public required string Name { get; init; }

    public string? Description { get; init; }
}

/// <summary>A branch that is to be made; without a head it waits for its first commit.</summary>
internal sealed record NewBranchRecord
{
    public required string Name { get; init; }

    public string? Head { get; init; }
}

/// <summary>Files that are to be put, and what their commit says of itself. Their bytes come in this order.</summary>
internal sealed record NewFilesRecord
{
    public string? Message { get; init; }

    public required IReadOnlyList<string> Paths { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NewRepoRecord))]
[JsonSerializable(typeof(NewRepoProjectRecord))]
[JsonSerializable(typeof(NewBranchRecord))]
[JsonSerializable(typeof(NewFilesRecord))]
internal sealed partial class VersionRecordsJson : JsonSerializerContext;
