namespace Braid.Compute.Sandboxes;

/// <summary>The machine's own files that programs need to run at all; all are seen read-only.</summary>
internal static class SystemFolders
{
    private static readonly string[] roots = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];

    /// <summary>What of <c>/etc</c> is seen: names, certificates, loader and language settings; nothing secret.</summary>
    private static readonly string[] settings =
    [
        "/etc/alternatives",
        "/etc/ca-certificates",
        "/etc/fonts",
        "/etc/group",
        "/etc/hosts",
        "/etc/ImageMagick-6",
        "/etc/java-17-openjdk",
        "/etc/ld.so.cache",
        "/etc/ld.so.conf",
        "/etc/ld.so.conf.d",
        "/etc/localtime",
        "/etc/magic",
        "/etc/matplotlibrc",
        "/etc/mime.types",
        "/etc/nsswitch.conf",
        "/etc/openmpi",
        "/etc/passwd",
        "/etc/protocols",
        "/etc/python3",
        "/etc/python3.11",
        "/etc/resolv.conf",
        "/etc/services",
        "/etc/ssl",
    ];

    /// <summary>Folders of the root that are links into <c>/usr</c>: the link and where it leads.</summary>
    public static IEnumerable<(string Link, string Target)> Links() =>
        from root in roots
        let target = new DirectoryInfo(root).LinkTarget
        where target is not null
        select (root, target);

    /// <summary>Files and folders that exist here.</summary>
    public static IEnumerable<string> Folders() =>
        roots
            .Where(root => Directory.Exists(root) && new DirectoryInfo(root).LinkTarget is null)
            .Prepend("/usr")
            .Concat(settings.Where(Path.Exists));
}
