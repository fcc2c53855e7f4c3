using Braid.Server.Folder;
using Braid.Testing;

namespace Braid.Server.Tests.Folder;

public sealed class FolderTests
{
    [Fact]
    public void A_folder_has_one_server_at_a_time()
    {
        using var folder = new TempFolder();
        using (var first = FolderLock.TryTake(folder.Path))
        {
            Assert.NotNull(first);
            Assert.Null(FolderLock.TryTake(folder.Path));
        }

        using var next = FolderLock.TryTake(folder.Path);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task The_installations_key_is_made_once_and_only_its_owner_can_read_it()
    {
        using var folder = new TempFolder();
        var box = (await InstallationKey.OpenAsync(folder.Path, default)).Seal("x"u8);
        Assert.Equal("x"u8.ToArray(), (await InstallationKey.OpenAsync(folder.Path, default)).Open(box));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File("secret.key")));
    }

    [Fact]
    public async Task A_damaged_key_stops_the_start_with_what_to_do()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("secret.key"), "short");
        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() =>
            InstallationKey.OpenAsync(folder.Path, default)
        );
        Assert.Contains("restore it", refusal.Message, StringComparison.Ordinal);
    }
}
