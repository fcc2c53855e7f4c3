using Braid.Data.Content;
using Braid.Data.History;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Storage.Trees;
using Google.Protobuf;

namespace Braid.Gateway.Pachyderm.Files;

/// <summary>The files and directories of one commit, to the wire. What they have in common is made once: a listing may be long.</summary>
internal sealed class FileMessages(Commit commit)
{
    /// <summary>Clients show it; it separates writers of one path elsewhere.</summary>
    private const string datum = "default";

    private readonly Pfs.Commit name = commit.ToWireName();
    private readonly Timestamp? committed = (commit.Finishing ?? commit.Finished).ToWire();

    public static Result<FileAt> FileAt(Pfs.File? file) =>
        WireNames.Commit(file?.Commit).Select(at => new FileAt(at.Repo, at.Spec, file?.Path ?? ""));

    /// <summary>Every message is to be sent, and changed by nobody: parts of it are in the others, too.</summary>
    public Pfs.FileInfo Of(TreeEntry entry) =>
        new()
        {
            File = new()
            {
                Commit = name,
                Path = entry.Path,
                Datum = datum,
            },
            FileType = entry.Kind == EntryKind.Directory ? Pfs.FileType.Dir : Pfs.FileType.File,
            Committed = committed,
            SizeBytes = entry.Size,
            Hash = UnsafeByteOperations.UnsafeWrap(entry.ContentHash.ToArray()),
        };
}
