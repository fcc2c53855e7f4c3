using Braid.Data.FileSets;
using Braid.Data.Naming;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage.Files;
using Braid.Storage.Roots;
using Braid.Storage.Trees;

namespace Braid.Data;

/// <summary>
/// What versioned data refers to by hash: the trees of commits and of who wrote them, the last trees seen of repos with a role, the parts of
/// uploads, and file sets.
/// </summary>
public static class DataRoots
{
    /// <summary>All references of the snapshot.</summary>
    public static async IAsyncEnumerable<StoredRoot> ReadAsync(DbRead db)
    {
        var commits = db.StreamAsync<CommitRoot>(
            """
            SELECT r.project, r.name, r.type, c.set_id, c.root
            FROM data_commit c JOIN repo r ON r.id = c.repo_id WHERE c.files > 0 AND c.forgotten_at IS NULL
            """
        );
        await foreach (var commit in commits)
        {
            yield return commit.ToRoot();
        }

        var tags = db.StreamAsync<CommitRoot>(
            """
            SELECT r.project, r.name, r.type, c.set_id, c.datum_tags AS root
            FROM data_commit c JOIN repo r ON r.id = c.repo_id WHERE c.datum_tags IS NOT NULL
            """
        );
        await foreach (var commit in tags)
        {
            yield return commit.ToRoot();
        }

        var roles = db.StreamAsync<RoleTree>(
            "SELECT r.project, r.name, r.type, t.root FROM role_tree t JOIN repo r ON r.id = t.repo_id"
        );
        await foreach (var role in roles)
        {
            var repo = new RepoName(role.Project, role.Name, role.Type);
            yield return StoredRoot.Of(new("role", $"{repo}", $"{repo}"), new TreeRoot(role.Root));
        }

        var parts = db.StreamAsync<PartRoot>(
            """
            SELECT u.project, u.repo AS name, u.type, u.branch, u.path, p.content
            FROM upload_part p JOIN upload u ON u.id = p.upload_id
            """
        );
        await foreach (var part in parts)
        {
            var repo = new RepoName(part.Project, part.Name, part.Type);
            yield return StoredRoot.Of(
                new("upload", $"{repo}", $"{new BranchName(repo, part.Branch)}:{part.Path}"),
                FileContent.FromBytes(part.Content)
            );
        }

        var sets = db.StreamAsync<FileSetRoot>("SELECT id, log, root, parts FROM file_set");
        await foreach (var set in sets)
        {
            var holder = new RootHolder("fileset", FileSet.RepoName, $"{FileSet.RepoName}@{set.Id}");
            yield return StoredRoot.Of(holder, FileContent.FromBytes(set.Log));
            foreach (var tree in new[] { new TreeRoot(set.Root), new TreeRoot(set.Parts) })
            {
                if (!tree.IsEmpty)
                {
                    yield return StoredRoot.Of(holder, tree);
                }
            }
        }
    }

    private sealed record RoleTree
    {
        public string Project { get; init; } = "";
        public string Name { get; init; } = "";
        public string Type { get; init; } = "";
        public Sha256Hash Root { get; init; }
    }

    private sealed record CommitRoot
    {
        public string Project { get; init; } = "";
        public string Name { get; init; } = "";
        public string Type { get; init; } = "";
        public CommitSetId SetId { get; init; }
        public Sha256Hash Root { get; init; }

        public StoredRoot ToRoot()
        {
            var repo = new RepoName(Project, Name, Type);
            return StoredRoot.Of(new("commit", $"{repo}", $"{new CommitName(repo, SetId)}"), new TreeRoot(Root));
        }
    }

    private sealed record FileSetRoot
    {
        public Hex32 Id { get; init; }
        public byte[] Log { get; init; } = [];
        public Sha256Hash Root { get; init; }
        public Sha256Hash Parts { get; init; }
    }

    private sealed record PartRoot
    {
        public string Project { get; init; } = "";
        public string Name { get; init; } = "";
        public string Type { get; init; } = "";
        public string Branch { get; init; } = "";
        public string Path { get; init; } = "";
        public byte[] Content { get; init; } = [];
    }
}
