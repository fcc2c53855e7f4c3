using Braid.Metadata;
using Braid.Storage.Files;
using Braid.Storage.Roots;

namespace Braid.Tracking.Artifacts;

/// <summary>What tracking refers to by hash: the content of artifacts.</summary>
public static class ArtifactRoots
{
    /// <summary>All references of the snapshot.</summary>
    public static async IAsyncEnumerable<StoredRoot> ReadAsync(DbRead db)
    {
        var files = db.StreamAsync<ArtifactRoot>("SELECT space, path, content FROM artifact WHERE content IS NOT NULL");
        await foreach (var file in files)
        {
            yield return StoredRoot.Of(
                new("artifact", file.Space, $"{file.Space}/{file.Path}"),
                FileContent.FromBytes(file.Content)
            );
        }
    }

    private sealed record ArtifactRoot
    {
        public string Space { get; init; } = "";
        public string Path { get; init; } = "";
        public byte[] Content { get; init; } = [];
    }
}
