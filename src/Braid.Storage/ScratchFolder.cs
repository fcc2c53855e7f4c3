using Braid.Storage.Blobs;

namespace Braid.Storage;

/// <summary>Where scratch files lie. What a crash leaves in a store's folder, the next start removes.</summary>
internal sealed class ScratchFolder
{
    private readonly string folder;

    private ScratchFolder(string folder) => this.folder = folder;

    /// <summary>On the disk of a folder's packs; on the system's for temporary files where the packs are elsewhere.</summary>
    public static ScratchFolder Beside(BlobAddress address) =>
        address is BlobAddress.Folder local ? new(FolderBlobs.StagingIn(local.Path)) : OfSystem();

    public static ScratchFolder OfSystem() => new(Path.GetTempPath());

    public FileStream Open()
    {
        Directory.CreateDirectory(folder);
        return new(
            Path.Combine(folder, $"braid-{Path.GetRandomFileName()}"),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                BufferSize = 0,
                Options = FileOptions.DeleteOnClose,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }
        );
    }
}
