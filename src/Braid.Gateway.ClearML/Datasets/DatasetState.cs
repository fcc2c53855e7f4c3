using System.Text.Json;
using System.Text.Json.Serialization;

namespace Braid.Gateway.ClearML.Datasets;

/// <summary>
/// The artifact <c>state</c> of a version: which files it has, and in which version's archives their bytes are. Any field may be missing or
/// null.
/// </summary>
internal sealed record DatasetState
{
    public const string Artifact = "state";

    [JsonPropertyName("dataset_file_entries")]
    public IReadOnlyList<FileEntry> Files
    {
        get => field ?? [];
        init;
    }

    /// <summary>Files that lie elsewhere: only their addresses are here.</summary>
    [JsonPropertyName("dataset_link_entries")]
    public IReadOnlyList<LinkEntry> Links
    {
        get => field ?? [];
        init;
    }

    /// <summary>The parents of each version that this one builds on, itself included.</summary>
    [JsonPropertyName("dependency_graph")]
    public IReadOnlyDictionary<string, IReadOnlyList<string?>?> Parents
    {
        get => field ?? new Dictionary<string, IReadOnlyList<string?>?>();
        init;
    }

    /// <summary>True while not all has been uploaded.</summary>
    [JsonPropertyName("dirty")]
    public bool IsDirty { get; init; }

    /// <exception cref="JsonException">It is something else.</exception>
    public static async Task<DatasetState> ReadAsync(Stream json, CancellationToken ct) =>
        await JsonSerializer.DeserializeAsync(json, DatasetJson.Default.DatasetState, ct) is { } state
        && !state.Files.Any(file => file is null)
            ? state
            : throw new JsonException("null");

    internal sealed record FileEntry
    {
        [JsonPropertyName("relative_path")]
        public string Path
        {
            get => field ?? "";
            init;
        }

        /// <summary>The version that added it.</summary>
        [JsonPropertyName("parent_dataset_id")]
        public string? Version { get; init; }

        /// <summary>The archive, of that version, that it is in.</summary>
        [JsonPropertyName("artifact_name")]
        public string? Archive { get; init; }
    }

    internal sealed record LinkEntry
    {
        [JsonPropertyName("link")]
        public string? Link { get; init; }
    }
}

[JsonSerializable(typeof(DatasetState))]
internal sealed partial class DatasetJson : JsonSerializerContext;
