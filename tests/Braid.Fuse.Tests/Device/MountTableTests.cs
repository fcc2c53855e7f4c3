using Braid.Fuse.Device;

namespace Braid.Fuse.Tests.Device;

public sealed class MountTableTests
{
    [Fact]
    public void Lines_are_read_with_their_escapes_and_users()
    {
        string[] lines =
        [
            "proc /proc proc rw,nosuid 0 0",
            @"/home/a\040b/mounts/m-1 /mnt/with\040blank\134\011 fuse.braid ro,nosuid,user_id=1000,group_id=5 0 0",
            "short line",
        ];
        var table = MountTable.Parse(lines);
        Assert.Equal(2, table.Count);
        Assert.Equal(new("/proc", "proc", "proc", null), table[0]);
        Assert.Equal(new("/mnt/with blank\\\t", "fuse.braid", "/home/a b/mounts/m-1", 1000), table[1]);
    }

    [Fact]
    public void What_is_not_mounted_cannot_be_unmounted()
    {
        var refused = Assert.Throws<FuseMountException>(() => MountTable.Unmount("/no/such/mount", detach: false));
        Assert.Contains("/no/such/mount", refused.Message);
    }
}
