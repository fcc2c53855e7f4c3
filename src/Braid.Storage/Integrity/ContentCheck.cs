using Braid.Primitives;
using Braid.Storage.Files;
using Braid.Storage.Packs;
using Braid.Storage.Trees;

namespace Braid.Storage.Integrity;

/// <summary>
/// Checks trees and files: every node, list and chunk is there, directories hold what their parents say, and nodes are cut
/// where the format says. What was found sound is not looked at again, so many trees cost what is different in them; what
/// was not is gone through for every tree, so that each is named. One check at a time; about 100 bytes are kept for each node.
/// </summary>
public sealed class ContentCheck
{
    private readonly PackStore chunks;
    private readonly FileCheck files;
    private readonly Dictionary<Sha256Hash, NodeFacts> sound = [];

    internal ContentCheck(PackStore chunks)
    {
        this.chunks = chunks;
        files = new(chunks);
    }

    public async Task<ContentReport> CheckAsync(TreeRoot root, CancellationToken ct)
    {
        var findings = new Findings();
        if (root.IsEmpty)
        {
            return findings.Report(default(TreeStats));
        }

        var facts = await CheckNodeAsync(root.Hash, "/", findings, ct);
        return findings.Report(facts is { } whole ? new(whole.Files, whole.Size) : null);
    }

    /// <param name="name">What the file is called in the report.</param>
    public async Task<ContentReport> CheckAsync(FileContent content, string name, CancellationToken ct)
    {
        var findings = new Findings();
        await files.CheckAsync(content, name, findings, ct);
        return findings.Report(new(1, content.Size));
    }

    // What the node says of itself; null when it cannot be read.
    private async Task<NodeFacts?> CheckNodeAsync(
        Sha256Hash hash,
        string directory,
        Findings findings,
        CancellationToken ct
    )
    {
        if (sound.TryGetValue(hash, out var known))
        {
            return known;
        }

        TreeNode node;
        try
        {
            using var bytes = await chunks.ReadAsync(hash, ct);
            node = TreeNode.Decode(bytes.Span.ToArray());
        }
        catch (CorruptionException error)
        {
            findings.Add(directory, $"part of the directory cannot be read (node {hash}): {error.Error.Message}");
            return null;
        }

        var before = findings.Count;
        var facts = await CheckEntriesAsync(hash, node, directory, findings, ct);
        if (findings.Count == before)
        {
            sound[hash] = facts;
        }

        return facts;
    }

    private async Task<NodeFacts> CheckEntriesAsync(
        Sha256Hash hash,
        TreeNode node,
        string directory,
        Findings findings,
        CancellationToken ct
    )
    {
        var (size, count, length, endsAtBoundary) = (0L, 0L, 0, false);
        for (var i = 0; i < node.Count; i++)
        {
            ct.ThrowIfCancellationRequested();
            var entry = node[i];
            if (endsAtBoundary)
            {
                findings.Add(directory, $"node {hash} goes on after its entry {i}, where the format ends it");
            }

            await CheckEntryAsync(node, i, directory, findings, ct);
            size += entry.Size;
            count += entry.Files;
            length += TreeNode.EncodedLength(entry);
            endsAtBoundary = NodeBoundary.IsAfter(node.Level, i + 1, length, entry.Key.Span);
        }

        return new(node.Level, size, count, endsAtBoundary);
    }

    private async Task CheckEntryAsync(
        TreeNode node,
        int index,
        string directory,
        Findings findings,
        CancellationToken ct
    )
    {
        var entry = node[index];
        switch (entry.Kind)
        {
            case NodeEntryKind.File:
                var path = directory + TreePath.Text(entry.Key);
                await files.CheckAsync(new(entry.Hash, entry.Size, entry.Depth), path, findings, ct);
                break;
            case NodeEntryKind.Directory:
                var below = directory + TreePath.Text(entry.Key);
                Compare(entry, await CheckNodeAsync(entry.Hash, below, findings, ct), below, findings);
                break;
            default:
                var child = await CheckNodeAsync(entry.Hash, directory, findings, ct);
                Compare(entry, child, directory, findings);
                if (child is { } facts && (facts.Level != node.Level - 1 || !MayEnd(facts, index == node.Count - 1)))
                {
                    findings.Add(directory, $"node {entry.Hash} is not where the format has it");
                }

                break;
        }
    }

    // Only the last node of a level may end before the format says.
    private static bool MayEnd(NodeFacts node, bool isLast) => isLast || node.EndsAtBoundary;

    private static void Compare(in NodeEntry entry, NodeFacts? found, string path, Findings findings)
    {
        if (found is { } facts && (facts.Size != entry.Size || facts.Files != entry.Files))
        {
            findings.Add(
                path,
                $"holds {facts.Files} files of {facts.Size} bytes, and should hold {entry.Files} of {entry.Size}"
            );
        }
    }

    private readonly record struct NodeFacts(int Level, long Size, long Files, bool EndsAtBoundary);
}
