using Braid.Data.Content;
using Braid.Data.History;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Storage.Trees;
using Google.Protobuf;

namespace Braid.Gateway.Pachyderm.Files;

/// <summary>Files and directories, to and from the wire.</summary>
internal static class FileMessages
{
    /// <summary>Clients show it; it separates writers of one path elsewhere.</summary>
    private const string datum = "default";

    public static Result<FileAt> FileAt(Pfs.File? file) =>
        WireNames.Commit(file?.Commit).Select(at => new FileAt(at.Repo, at.Spec, file?.Path ?? ""));

    public static Pfs.FileInfo Info(Commit commit, TreeEntry entry) =>
        new()
        {
            File = new()
            {
                Commit = commit.ToWireName(),
                Path = entry.Path,
                Datum = datum,
            },
            FileType = entry.Kind == EntryKind.Directory ? Pfs.FileType.Dir : Pfs.FileType.File,
            Committed = (commit.Finishing ?? commit.Finished).ToWire(),
            SizeBytes = entry.Size,
            Hash = UnsafeByteOperations.UnsafeWrap(entry.ContentHash.ToArray()),
        };
}
